import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { CreateSource, routes } from '@docent/contracts';
import { useApiMutation } from '../../api/queries';
import { ErrorNotice } from '../../ui/error-notice';

export type WrittenType = CreateSource['type'];

interface AddSourceDialogProps {
  botId: string;
  /** Null keeps it closed. */
  type: WrittenType | null;
  onClose: () => void;
}

/** A form for knowledge that is not a file. */
export function AddSourceDialog({ botId, type, onClose }: AddSourceDialogProps) {
  const { t } = useTranslation();
  const titles = { url: t('knowledge.addUrl'), text: t('knowledge.addText'), qa: t('knowledge.addQa') };
  return (
    <Modal
      opened={type !== null}
      onClose={onClose}
      title={type ? titles[type] : ''}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {type && <SourceForm botId={botId} type={type} onClose={onClose} />}
    </Modal>
  );
}

function SourceForm({ botId, type, onClose }: { botId: string; type: WrittenType; onClose: () => void }) {
  const { t } = useTranslation();
  const add = useApiMutation(routes.createSource, { stale: [routes.listSources, routes.usage], onSuccess: onClose });
  const check = schemaResolver(CreateSource, { sync: true });
  const form = useForm({
    initialValues: { name: '', text: '', url: '', question: '', answer: '' },
    validate: (values) => check(toSource(type, values)),
  });
  return (
    <form onSubmit={form.onSubmit((values) => add.mutate({ params: { botId }, body: toSource(type, values) }))} noValidate>
      <Stack>
        {add.error && <ErrorNotice error={add.error} />}
        {type === 'url' && (
          <TextInput
            label={t('knowledge.url')}
            description={t('knowledge.urlHint')}
            placeholder="https://"
            type="url"
            data-autofocus
            {...form.getInputProps('url')}
          />
        )}
        {type === 'text' && (
          <>
            <TextInput label={t('knowledge.textName')} data-autofocus {...form.getInputProps('name')} />
            <Textarea label={t('knowledge.text')} autosize minRows={8} maxRows={18} {...form.getInputProps('text')} />
          </>
        )}
        {type === 'qa' && (
          <>
            <TextInput label={t('knowledge.question')} data-autofocus {...form.getInputProps('question')} />
            <Textarea
              label={t('knowledge.answer')}
              description={t('knowledge.answerHint')}
              autosize
              minRows={4}
              maxRows={14}
              {...form.getInputProps('answer')}
            />
          </>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={add.isPending}>
            {t('knowledge.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function toSource(
  type: WrittenType,
  values: { name: string; text: string; url: string; question: string; answer: string },
): CreateSource {
  if (type === 'url') return { type, url: values.url.trim() };
  if (type === 'text') return { type, name: values.name, text: values.text };
  return { type, question: values.question, answer: values.answer };
}
