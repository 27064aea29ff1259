import { useState } from 'react';
import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { IconBookUpload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { routes, type Conversation } from '@docent/contracts';
import { useApiMutation } from '../../api/queries';
import { useCan } from '../../api/workspace';
import { ErrorNotice } from '../../ui/error-notice';
import { notifyDone, notifyFailed } from '../../ui/notify';
import classes from './cards.module.css';
import { pickQuestionAndAnswer } from './pick-question-and-answer';

/** After a person has answered: the answer can be kept, so that the bot gives it the next time. */
export function SaveAnswerCard({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const [isSaved, setIsSaved] = useState(false);
  const maySave = useCan('agent');
  const onSaved = () => {
    setIsOpen(false);
    setIsSaved(true);
    notifyDone(t('inbox.kept'));
  };
  const save = useSaveAnswer(onSaved);
  const picked = pickQuestionAndAnswer(conversation.transcript);
  if (!picked || !maySave) return null;
  return (
    <section className={classes.keep} aria-label={t('inbox.keep')}>
      <div>
        <Text size="sm" fw={600}>
          {isSaved ? t('inbox.kept') : t('inbox.keep')}
        </Text>
        <Text size="xs" c="dimmed">
          {isSaved ? t('inbox.keptText') : t('inbox.keepText')}
        </Text>
      </div>
      {!isSaved && (
        <Group gap="xs" wrap="nowrap">
          <Button size="xs" variant="subtle" color="gray" onClick={() => setIsOpen(true)}>
            {t('inbox.editAnswer')}
          </Button>
          <Button
            size="xs"
            leftSection={<IconBookUpload size={15} aria-hidden />}
            loading={save.isPending}
            // Without a question before it, an answer needs one first.
            onClick={() =>
              picked.question
                ? save.mutate({ params: { conversationId: conversation.id }, body: picked }, { onError: notifyFailed })
                : setIsOpen(true)
            }
          >
            {t('inbox.saveAnswer')}
          </Button>
        </Group>
      )}
      <Modal
        opened={isOpen}
        onClose={() => setIsOpen(false)}
        title={t('inbox.saveAnswer')}
        size="lg"
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <SaveAnswerForm conversationId={conversation.id} picked={picked} onSaved={onSaved} />
      </Modal>
    </section>
  );
}

function useSaveAnswer(onSuccess: () => void) {
  return useApiMutation(routes.saveAnswer, { stale: [routes.listSources, routes.usage], onSuccess });
}

interface SaveAnswerFormProps {
  conversationId: string;
  picked: { question: string; answer: string };
  onSaved: () => void;
}

function SaveAnswerForm({ conversationId, picked, onSaved }: SaveAnswerFormProps) {
  const { t } = useTranslation();
  const save = useSaveAnswer(onSaved);
  const form = useForm({ initialValues: picked, validate: schemaResolver(routes.saveAnswer.body, { sync: true }) });
  return (
    <form onSubmit={form.onSubmit((body) => save.mutate({ params: { conversationId }, body }))} noValidate>
      <Stack>
        {save.error && <ErrorNotice error={save.error} />}
        <Textarea label={t('inbox.question')} autosize minRows={1} maxRows={5} {...form.getInputProps('question')} />
        <Textarea
          label={t('inbox.answer')}
          description={t('inbox.answerHint')}
          autosize
          minRows={4}
          maxRows={14}
          {...form.getInputProps('answer')}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending} data-autofocus>
            {t('inbox.saveToKnowledge')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
