import { Select } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { BotFilter } from '../../ui/bot-filter';
import frame from '../../ui/list-and-detail.module.css';
import { SearchField } from '../../ui/search-field';
import { TopicFilter } from '../../ui/topic-filter';
import { useKnownTags } from './use-known-tags';

/** The filters live in the address, so that a filtered list can be sent to a colleague. */
export function InboxFilters() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/w/$workspaceId/inbox' });
  const navigate = useNavigate({ from: '/w/$workspaceId/inbox' });
  const tags = useKnownTags(search.tag);
  const change = (part: Partial<typeof search>) =>
    void navigate({ to: '.', search: (before) => ({ ...before, ...part }), replace: true });
  return (
    <div className={frame.filters} role="search">
      <SearchField
        label={t('inbox.search')}
        value={search.search ?? ''}
        onChange={(text) => change({ search: text || undefined })}
      />
      <BotFilter value={search.botId} onChange={(botId) => change({ botId })} />
      <Select
        aria-label={t('inbox.filterTag')}
        placeholder={t('inbox.anyTag')}
        nothingFoundMessage={t('inbox.noTags')}
        data={tags}
        value={search.tag ?? null}
        onChange={(tag) => change({ tag: tag ?? undefined })}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('inbox.anyTag') }}
      />
      <div className={frame.wide}>
        <TopicFilter botId={search.botId} value={search.topic} onChange={(topic) => change({ topic })} />
      </div>
    </div>
  );
}
