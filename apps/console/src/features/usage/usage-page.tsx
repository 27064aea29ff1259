import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { routes, type Usage } from '@docent/contracts';
import { useApiQuery } from '../../api/queries';
import { useFormat } from '../../ui/format';
import { Page } from '../../ui/page';
import { Panel } from '../../ui/panel';
import { QueryState } from '../../ui/query-state';
import { Meter } from './meter';
import { PlanTable } from './plan-table';

/** What the plan allows and how much of it is used. */
export function UsagePage() {
  const { t } = useTranslation();
  const usage = useApiQuery(routes.usage, {});
  const plans = useApiQuery(routes.listPlans, {});
  return (
    <Page title={t('usage.title')} description={t('usage.description')}>
      <QueryState query={usage}>{(used) => <ThisMonth usage={used} />}</QueryState>
      {usage.data && (
        <Panel title={t('usage.plans')} description={t('usage.plansHint')} flush>
          <QueryState query={plans}>{({ items }) => <PlanTable plans={items} currentId={usage.data.plan.id} />}</QueryState>
        </Panel>
      )}
    </Page>
  );
}

function ThisMonth({ usage }: { usage: Usage }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { plan, messages } = usage;
  return (
    <Panel
      title={t('usage.plan', { name: plan.name })}
      description={t('usage.period', { start: format.date(usage.periodStart), end: format.date(usage.periodEnd) })}
    >
      <Stack gap="lg">
        <Meter
          label={t('usage.messages')}
          used={messages.settled + messages.reserved}
          limit={messages.limit}
          show={format.number}
        />
        <Meter label={t('usage.sources')} used={usage.sources.used} limit={usage.sources.limit} show={format.number} />
        <Meter label={t('usage.storage')} used={usage.storageBytes.used} limit={usage.storageBytes.limit} show={format.bytes} />
        <Meter label={t('usage.bots')} used={usage.bots.used} limit={usage.bots.limit} show={format.number} />
        <Meter label={t('usage.seats')} used={usage.seats.used} limit={usage.seats.limit} show={format.number} />
        {messages.reserved > 0 && (
          <Text size="xs" c="dimmed">
            {t('usage.reserved', { count: messages.reserved })}
          </Text>
        )}
      </Stack>
    </Panel>
  );
}
