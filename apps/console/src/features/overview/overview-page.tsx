import { Suspense, type ReactNode } from 'react';
import { Group, SegmentedControl, Select, SimpleGrid, Skeleton } from '@mantine/core';
import { IconMessageQuestion } from '@tabler/icons-react';
import { lazyRouteComponent, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { routes, type Overview } from '@docent/contracts';
import { useApiQuery } from '../../api/queries';
import { EmptyState } from '../../ui/empty-state';
import { Page } from '../../ui/page';
import { Panel } from '../../ui/panel';
import { QueryState } from '../../ui/query-state';
import { Numbers } from './numbers';
import { QuestionList } from './question-list';

/** As pages are: where a deployment has replaced the file, the console is loaded anew, once. */
const AnswersChart = lazyRouteComponent(() => import('./answers-chart'));

const periods = [7, 30, 90] as const;

/** The last days in numbers: what was asked, what was answered, what is missing. `before` is shown above them. */
export function OverviewPage({ before }: { before?: ReactNode }) {
  const { t } = useTranslation();
  const { days = 30, botId } = useSearch({ from: '/w/$workspaceId/overview' });
  const overview = useApiQuery(routes.overview, { query: { days, botId } });
  return (
    <Page title={t('overview.title')} description={t('overview.description', { count: days })} actions={<Filters />}>
      {before}
      <QueryState query={overview} loading={<OverviewSkeleton />}>
        {(data) => <Figures data={data} />}
      </QueryState>
    </Page>
  );
}

function Figures({ data }: { data: Overview }) {
  const { t } = useTranslation();
  const hasQuestions = data.days.some((day) => day.answered + day.unanswered > 0);
  return (
    <>
      <Numbers totals={data.totals} />
      <Panel title={t('overview.perDay')}>
        {hasQuestions ? (
          <Suspense fallback={<Skeleton height={240} />}>
            <AnswersChart days={data.days} />
          </Suspense>
        ) : (
          <EmptyState icon={IconMessageQuestion} title={t('overview.noTop')}>
            {t('overview.noQuestionsText')}
          </EmptyState>
        )}
      </Panel>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Panel title={t('overview.unanswered')} description={t('overview.unansweredHint')} flush>
          <QuestionList
            questions={data.unansweredQuestions}
            none={hasQuestions ? t('overview.noUnanswered') : t('overview.noTop')}
            filter="unanswered"
          />
        </Panel>
        <Panel title={t('overview.top')} description={t('overview.topHint')} flush>
          <QuestionList questions={data.topQuestions} none={t('overview.noTop')} />
        </Panel>
      </SimpleGrid>
    </>
  );
}

function Filters() {
  const { t } = useTranslation();
  const { days = 30, botId } = useSearch({ from: '/w/$workspaceId/overview' });
  const navigate = useNavigate({ from: '/w/$workspaceId/overview' });
  const bots = useApiQuery(routes.listBots, {});
  const change = (part: { days?: (typeof periods)[number]; botId?: string }) =>
    void navigate({ to: '.', search: (before) => ({ ...before, ...part }), replace: true });
  return (
    <Group gap="xs">
      {bots.data && bots.data.items.length > 1 && (
        <Select
          aria-label={t('conversations.filterBot')}
          placeholder={t('common.allBots')}
          data={bots.data.items.map(({ id, name }) => ({ value: id, label: name }))}
          value={botId ?? null}
          onChange={(value) => change({ botId: value ?? undefined })}
          clearable
          clearButtonProps={{ 'aria-label': t('common.allBots') }}
          w={180}
        />
      )}
      <SegmentedControl
        aria-label={t('overview.period')}
        value={String(days)}
        onChange={(value) => change({ days: periods.find((period) => String(period) === value) })}
        data={periods.map((period) => ({ value: String(period), label: t('overview.days', { count: period }) }))}
      />
    </Group>
  );
}

function OverviewSkeleton() {
  return (
    <>
      <SimpleGrid cols={{ base: 2, md: 4 }}>
        {[1, 2, 3, 4].map((card) => (
          <Skeleton key={card} height={104} radius="lg" />
        ))}
      </SimpleGrid>
      <Skeleton height={300} radius="lg" mt="lg" />
    </>
  );
}
