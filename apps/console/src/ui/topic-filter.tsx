import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { routes } from '@docent/contracts';
import { useApiQuery } from '../api/queries';

/** Narrows a list to one topic; undefined is all of them. */
export function TopicFilter({
  botId,
  value,
  onChange,
}: {
  botId?: string;
  value?: string;
  onChange: (topic: string | undefined) => void;
}) {
  const { t } = useTranslation();
  const topics = useApiQuery(routes.listTopics, { query: { botId } });
  const known = topics.data?.items.map(({ name }) => name) ?? [];
  return (
    <Select
      aria-label={t('conversations.filterTopic')}
      placeholder={t('conversations.anyTopic')}
      nothingFoundMessage={t('conversations.noTopics')}
      data={value && !known.includes(value) ? [value, ...known] : known}
      value={value ?? null}
      onChange={(topic) => onChange(topic ?? undefined)}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('conversations.anyTopic') }}
    />
  );
}
