import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { routes, type CannedReply } from '@docent/contracts';
import { useApiMutation } from '../../api/queries';
import { ErrorNotice } from '../../ui/error-notice';

interface PreparedReplyFormProps {
  /** The one to change; a new one when left out. */
  reply: CannedReply | undefined;
  onDone: () => void;
}

/** A shortcut and the words that it stands for. A shortcut that is taken is said beside its field. */
export function PreparedReplyForm({ reply, onDone }: PreparedReplyFormProps) {
  const { t } = useTranslation();
  const create = useApiMutation(routes.createCannedReply, { stale: [routes.listCannedReplies], onSuccess: onDone });
  const update = useApiMutation(routes.updateCannedReply, { stale: [routes.listCannedReplies], onSuccess: onDone });
  const error = create.error ?? update.error;
  const form = useForm({
    initialValues: { shortcut: reply?.shortcut ?? '', text: reply?.text ?? '' },
    validate: schemaResolver(routes.createCannedReply.body, { sync: true }),
  });
  const submit = form.onSubmit((body) => {
    const onError = (refusal: Error & { code?: string }) => {
      if (refusal.code === 'conflict') form.setFieldError('shortcut', t('preparedReplies.taken'));
    };
    if (reply) update.mutate({ params: { cannedReplyId: reply.id }, body }, { onError });
    else create.mutate({ body }, { onError });
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {error && error.code !== 'conflict' && <ErrorNotice error={error} />}
        <TextInput
          label={t('preparedReplies.shortcut')}
          description={t('preparedReplies.shortcutHint')}
          leftSection={<Text c="dimmed">/</Text>}
          data-autofocus
          {...form.getInputProps('shortcut')}
        />
        <Textarea
          label={t('preparedReplies.text')}
          placeholder={t('preparedReplies.textPlaceholder')}
          autosize
          minRows={4}
          maxRows={14}
          {...form.getInputProps('text')}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={create.isPending || update.isPending}>
            {t('common.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
