import { useState, type FormEvent, type KeyboardEvent } from 'react';
import { Button, Group, Text, Textarea } from '@mantine/core';
import { IconNote } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { routes } from '@docent/contracts';
import { useApiMutation } from '../../api/queries';
import classes from './composer.module.css';
import { isSendKey } from './is-send-key';

/** A note for the other members; the visitor never sees it. What was refused stays in the box. */
export function NoteBox({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const add = useApiMutation(routes.addNote, { stale: [routes.conversationDetails], onSuccess: () => setText('') });
  const submit = () => {
    if (text.trim() && !add.isPending) add.mutate({ params: { conversationId }, body: { text: text.trim() } });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isSendKey(event)) return;
    event.preventDefault();
    submit();
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    submit();
  };
  return (
    <form onSubmit={onSubmit} className={classes.writeBox}>
      <Textarea
        aria-label={t('inbox.noteLabel')}
        placeholder={t('inbox.notePlaceholder')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        maxLength={4000}
        autosize
        minRows={2}
        maxRows={8}
        variant="unstyled"
        error={add.error?.message}
      />
      <Group justify="space-between">
        <Text size="xs" c="dimmed">
          {t('inbox.noteHint')}
        </Text>
        <Button
          type="submit"
          size="xs"
          color="yellow"
          autoContrast
          leftSection={<IconNote size={15} aria-hidden />}
          loading={add.isPending}
          disabled={!text.trim()}
        >
          {t('inbox.addNote')}
        </Button>
      </Group>
    </form>
  );
}
