import { Group, Stack, Table, Text, ThemeIcon } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DeletionReceipt } from '@docent/contracts';
import { useFormat } from '../../ui/format';

/** What was removed and, counted afterwards, what is left: zeros are the proof. */
export function DeletionProof({ name, receipt }: { name: string; receipt: DeletionReceipt }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { removed, remaining } = receipt;
  const isClean = remaining.rows + remaining.indexEntries + remaining.files === 0;
  return (
    <Stack>
      <Group wrap="nowrap" align="flex-start">
        <ThemeIcon variant="light" color={isClean ? 'teal' : 'red'} size="lg" radius="md">
          <IconShieldCheck size={19} aria-hidden />
        </ThemeIcon>
        <div>
          <Text fw={500}>{name}</Text>
          <Text size="sm" c="dimmed">
            {isClean ? t('knowledge.proofClean', { at: format.dateTime(receipt.deletedAt) }) : t('knowledge.proofLeft')}
          </Text>
        </div>
      </Group>
      <Table fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('knowledge.proofWhat')}</Table.Th>
            <Table.Th scope="col" ta="end">
              {t('knowledge.proofRemoved')}
            </Table.Th>
            <Table.Th scope="col" ta="end">
              {t('knowledge.proofRemaining')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          <ProofRow what={t('knowledge.proofPassages')} removed={removed.chunks} remaining={remaining.indexEntries} />
          <ProofRow what={t('knowledge.proofRows')} removed={removed.snapshots} remaining={remaining.rows} />
          <ProofRow what={t('knowledge.proofFiles')} removed={removed.files} remaining={remaining.files} />
        </Table.Tbody>
      </Table>
    </Stack>
  );
}

function ProofRow({ what, removed, remaining }: { what: string; removed: number; remaining: number }) {
  const format = useFormat();
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400}>
        {what}
      </Table.Th>
      <Table.Td ta="end">{format.number(removed)}</Table.Td>
      <Table.Td ta="end" fw={600}>
        {format.number(remaining)}
      </Table.Td>
    </Table.Tr>
  );
}
