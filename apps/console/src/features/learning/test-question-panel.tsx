import { useState } from 'react';
import { ActionIcon, Button, Group, Table, Text, VisuallyHidden } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed, IconCircleX, IconPlus, IconTrash, IconZoomQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from '@tanstack/react-router';
import { routes, type GoldenQuestion } from '@docent/contracts';
import { useApiMutation, useApiQuery } from '../../api/queries';
import { useCan, useWorkspace } from '../../api/workspace';
import { EmptyState } from '../../ui/empty-state';
import { notifyFailed } from '../../ui/notify';
import { Panel } from '../../ui/panel';
import { QueryState } from '../../ui/query-state';
import { TestQuestionDialog, type TestQuestionDraft } from '../../ui/test-question-dialog';
import { WideTable } from '../../ui/wide-table';
import classes from './learning.module.css';

/** The questions by which the bot's search is judged, each with the place where it is found now. */
export function TestQuestionPanel({ botId }: { botId: string }) {
  const { t } = useTranslation();
  const mayChange = useCan('admin');
  const [draft, setDraft] = useState<TestQuestionDraft | null>(null);
  const questions = useApiQuery(routes.listGoldenQuestions, { params: { botId } });
  const items = questions.data?.items;
  const add = mayChange && (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconPlus size={15} aria-hidden />}
      onClick={() => setDraft({ question: '' })}
    >
      {t('learning.addQuestion')}
    </Button>
  );
  return (
    <>
      <Panel flush title={t('learning.questions')} description={t('learning.questionsText')} actions={add}>
        <QueryState query={{ ...questions, data: items }}>
          {(list) =>
            list.length === 0 ? (
              <EmptyState icon={IconZoomQuestion} title={t('learning.noQuestions')}>
                {t('learning.noQuestionsText')}
              </EmptyState>
            ) : (
              <Questions botId={botId} questions={list} mayChange={mayChange} />
            )
          }
        </QueryState>
      </Panel>
      <TestQuestionDialog botId={botId} draft={draft} onClose={() => setDraft(null)} />
    </>
  );
}

function Questions({ botId, questions, mayChange }: { botId: string; questions: GoldenQuestion[]; mayChange: boolean }) {
  const { t } = useTranslation();
  const first = questions.filter(({ found }) => found && found.rank !== null && found.rank <= 5).length;
  return (
    <>
      <Text size="sm" px={20} pb="xs">
        {t('learning.foundNow', { found: first, count: questions.length })}
      </Text>
      <WideTable label={t('learning.questions')} minWidth={560}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('testQuestions.question')}</Table.Th>
            <Table.Th scope="col">{t('learning.answeredBy')}</Table.Th>
            <Table.Th scope="col">{t('learning.place')}</Table.Th>
            {mayChange && (
              <Table.Th scope="col">
                <VisuallyHidden>{t('common.remove')}</VisuallyHidden>
              </Table.Th>
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {questions.map((question) => (
            <QuestionRow key={question.id} botId={botId} question={question} mayChange={mayChange} />
          ))}
        </Table.Tbody>
      </WideTable>
    </>
  );
}

function QuestionRow({ botId, question, mayChange }: { botId: string; question: GoldenQuestion; mayChange: boolean }) {
  const { t } = useTranslation();
  const workspaceId = useWorkspace().id;
  const remove = useApiMutation(routes.deleteGoldenQuestion, { stale: [routes.listGoldenQuestions] });
  return (
    <Table.Tr>
      <Table.Td className={classes.question}>
        <Link
          className={classes.link}
          to="/w/$workspaceId/bots/$botId/playground"
          params={{ workspaceId, botId }}
          search={{ look: 'search', question: question.question }}
        >
          {question.question}
        </Link>
        {question.quote && (
          <Text size="xs" c="dimmed" lineClamp={2}>
            “{question.quote}”
          </Text>
        )}
      </Table.Td>
      <Table.Td className={classes.source}>
        <Link
          className={classes.link}
          to="/w/$workspaceId/bots/$botId/knowledge/$sourceId"
          params={{ workspaceId, botId, sourceId: question.sourceId }}
        >
          {question.sourceName}
        </Link>
      </Table.Td>
      <Table.Td>
        <Rank found={question.found} />
      </Table.Td>
      {mayChange && (
        <Table.Td ta="end">
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('learning.removeQuestion', { question: question.question })}
            loading={remove.isPending}
            onClick={() => remove.mutate({ params: { goldenQuestionId: question.id } }, { onError: notifyFailed })}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Table.Td>
      )}
    </Table.Tr>
  );
}

/** Among the first five is found; further down hardly anybody is helped. */
function Rank({ found }: { found: GoldenQuestion['found'] }) {
  const { t } = useTranslation();
  if (!found) return <Text size="sm">–</Text>;
  const { rank } = found;
  const look = { size: 16, 'aria-hidden': true };
  return (
    <Group gap={6} wrap="nowrap">
      {rank === null ? (
        <IconCircleX {...look} color="var(--mantine-color-error)" />
      ) : rank <= 5 ? (
        <IconCircleCheck {...look} color="var(--mantine-color-teal-7)" />
      ) : (
        <IconCircleDashed {...look} color="var(--alarm-text)" />
      )}
      <Text size="sm" className={classes.place}>
        {rank === null ? t('learning.notFound') : t('learning.rank', { rank })}
      </Text>
    </Group>
  );
}
