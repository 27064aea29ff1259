import { useState } from 'react';
import { Button, Group, Modal, Select, Stack, Text, Textarea } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useDebouncedValue } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { CreateGoldenQuestion, learningRoutes, routes } from '@docent/contracts';
import { useApiMutation, useApiQuery } from '../api/queries';
import { ErrorNotice } from './error-notice';
import { notifyDone } from './notify';

/** What is known already of a question that is to be kept. */
export interface TestQuestionDraft {
  question: string;
  source?: { id: string; name: string };
  /** Words of the passage that answers it. */
  quote?: string;
}

interface TestQuestionDialogProps {
  botId: string;
  /** Null keeps it closed. */
  draft: TestQuestionDraft | null;
  onClose: () => void;
}

/** Keeps a question, with the source that answers it, as one by which the bot's search is judged. */
export function TestQuestionDialog({ botId, draft, onClose }: TestQuestionDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={draft !== null}
      onClose={onClose}
      title={t('testQuestions.keep')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {draft && <TestQuestionForm botId={botId} draft={draft} onClose={onClose} />}
    </Modal>
  );
}

function TestQuestionForm({ botId, draft, onClose }: { botId: string; draft: TestQuestionDraft; onClose: () => void }) {
  const { t } = useTranslation();
  const keep = useApiMutation(learningRoutes.createGoldenQuestion, {
    stale: [learningRoutes.listGoldenQuestions],
    onSuccess: () => {
      notifyDone(t('testQuestions.kept'));
      onClose();
    },
  });
  const form = useForm({
    initialValues: {
      question: draft.question.slice(0, 1000),
      sourceId: draft.source?.id ?? '',
      quote: draft.quote?.slice(0, 2000) ?? '',
    },
    validate: (values) => ({
      ...schemaResolver(CreateGoldenQuestion, { sync: true })(values),
      ...(values.sourceId ? {} : { sourceId: t('testQuestions.sourceNeeded') }),
    }),
  });
  const isWritten = draft.question !== '';
  return (
    <form onSubmit={form.onSubmit((body) => keep.mutate({ params: { botId }, body }))} noValidate>
      <Stack>
        <Text size="sm" c="dimmed">
          {t('testQuestions.why')}
        </Text>
        {keep.error && <ErrorNotice error={keep.error} />}
        <Textarea
          label={t('testQuestions.question')}
          autosize
          minRows={1}
          maxRows={5}
          data-autofocus={isWritten ? undefined : true}
          {...form.getInputProps('question')}
        />
        <SourceSelect botId={botId} first={draft.source} {...form.getInputProps('sourceId')} />
        <Textarea
          label={t('testQuestions.quote')}
          description={t('testQuestions.quoteHint')}
          autosize
          minRows={2}
          maxRows={6}
          {...form.getInputProps('quote')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={keep.isPending} data-autofocus={isWritten || undefined}>
            {t('testQuestions.keep')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface SourceSelectProps {
  botId: string;
  /** Offered at once, before the list has arrived. */
  first?: { id: string; name: string };
  value?: string;
  onChange?: (sourceId: string) => void;
  error?: React.ReactNode;
}

/** One of the bot's sources, found by its name. */
function SourceSelect({ botId, first, value, onChange, error }: SourceSelectProps) {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search, 250);
  const sources = useApiQuery(routes.listSources, {
    params: { botId },
    query: { status: 'ready', limit: 50, search: asked && asked !== first?.name ? asked : undefined },
  });
  const [chosen, setChosen] = useState(first);
  const offered = new Map(
    [chosen, ...(sources.data?.items ?? [])].flatMap((source) => (source ? [[source.id, source.name] as const] : [])),
  );
  return (
    <Select
      label={t('testQuestions.source')}
      placeholder={t('testQuestions.sourcePlaceholder')}
      data={[...offered].map(([id, label]) => ({ value: id, label }))}
      value={value || null}
      onChange={(id) => {
        setChosen(id ? { id, name: offered.get(id) ?? '' } : undefined);
        onChange?.(id ?? '');
      }}
      searchable
      onSearchChange={setSearch}
      nothingFoundMessage={t('testQuestions.noSource')}
      allowDeselect={false}
      error={error}
    />
  );
}
