import { Select } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { SearchField } from '../../ui/search-field';
import { BotFilter } from '../bots/bot-filter';
import { TopicFilter } from '../conversations/topic-filter';
import classes from './inbox-list.module.css';
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
    <div className={classes.filters} role="search">
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
      <div className={classes.wide}>
        <TopicFilter botId={search.botId} value={search.topic} onChange={(topic) => change({ topic })} />
      </div>
    </div>
  );
}
