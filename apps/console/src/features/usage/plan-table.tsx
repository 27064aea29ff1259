import { Badge, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Plan, PlanId } from '@docent/contracts';
import { useFormat } from '../../ui/format';
import { WideTable } from '../../ui/wide-table';

/** All plans side by side, one line each. */
export function PlanTable({ plans, currentId }: { plans: Plan[]; currentId: PlanId }) {
  const { t } = useTranslation();
  const format = useFormat();
  const limit = (value: number | null, show: (value: number) => string = format.number) =>
    value === null ? t('usage.noLimit') : show(value);
  const columns = [
    t('usage.planName'),
    t('usage.messages'),
    t('usage.perMinute'),
    t('usage.sources'),
    t('usage.storage'),
    t('usage.bots'),
    t('usage.seats'),
  ];
  return (
    <WideTable label={t('usage.plans')} minWidth={760}>
      <Table.Thead>
        <Table.Tr>
          {columns.map((column) => (
            <Table.Th key={column} scope="col">
              {column}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {plans.map((plan) => (
          <Table.Tr key={plan.id}>
            <Table.Th scope="row" fw={500}>
              {plan.name}{' '}
              {plan.id === currentId && (
                <Badge size="sm" variant="light">
                  {t('usage.current')}
                </Badge>
              )}
            </Table.Th>
            <Table.Td>{limit(plan.messagesPerMonth)}</Table.Td>
            <Table.Td>{limit(plan.requestsPerMinute)}</Table.Td>
            <Table.Td>{limit(plan.sources)}</Table.Td>
            <Table.Td>{limit(plan.storageBytes, format.bytes)}</Table.Td>
            <Table.Td>{limit(plan.bots)}</Table.Td>
            <Table.Td>{limit(plan.seats)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}
