import { Group, Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Source } from '@docent/contracts';

export interface Filters {
  search: string;
  /** `unreviewed`: answers that members saved and nobody has looked at. */
  status: Source['status'] | 'unreviewed' | undefined;
  type: Source['type'] | undefined;
}

/** Search and the two filters above the list of sources. */
export function SourceFilters({ filters, onChange }: { filters: Filters; onChange: (filters: Filters) => void }) {
  const { t } = useTranslation();
  const statuses = (['ready', 'processing', 'queued', 'failed', 'unreviewed'] as const).map((value) => ({
    value,
    label: t(`knowledge.status.${value}`),
  }));
  const types = (['file', 'url', 'text', 'qa'] as const).map((value) => ({ value, label: t(`knowledge.type.${value}`) }));
  return (
    <Group gap="xs" px={20} py="md" role="search">
      <TextInput
        aria-label={t('knowledge.search')}
        placeholder={t('knowledge.search')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={filters.search}
        onChange={(event) => onChange({ ...filters, search: event.currentTarget.value })}
        maxLength={200}
        flex="1 1 220px"
      />
      <Select
        aria-label={t('knowledge.filterStatus')}
        placeholder={t('knowledge.anyStatus')}
        data={statuses}
        value={filters.status ?? null}
        onChange={(status) => onChange({ ...filters, status: status ?? undefined })}
        clearable
        clearButtonProps={{ 'aria-label': t('knowledge.anyStatus') }}
        flex={{ base: '1 1 140px', xs: '0 0 160px' }}
      />
      <Select
        aria-label={t('knowledge.filterType')}
        placeholder={t('knowledge.anyType')}
        data={types}
        value={filters.type ?? null}
        onChange={(type) => onChange({ ...filters, type: type ?? undefined })}
        clearable
        clearButtonProps={{ 'aria-label': t('knowledge.anyType') }}
        flex={{ base: '1 1 140px', xs: '0 0 160px' }}
      />
    </Group>
  );
}
