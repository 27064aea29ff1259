import { Select } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Channel } from '@docent/contracts';
import { BotFilter } from '../../ui/bot-filter';
import frame from '../../ui/list-and-detail.module.css';
import { SearchField } from '../../ui/search-field';
import { TopicFilter } from '../../ui/topic-filter';

const quality = ['unanswered', 'up', 'down'] as const;
type Quality = (typeof quality)[number];

/** The filters live in the address, so that a filtered list can be sent to a colleague. */
export function ConversationFilters() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/w/$workspaceId/conversations' });
  const navigate = useNavigate({ from: '/w/$workspaceId/conversations' });
  const change = (part: Partial<typeof search>) =>
    void navigate({ to: '.', search: (before) => ({ ...before, ...part }), replace: true });
  const chosen: Quality | null = search.unanswered ? 'unanswered' : (search.rating ?? null);
  return (
    <div className={frame.filters} role="search">
      <SearchField
        label={t('conversations.search')}
        value={search.search ?? ''}
        onChange={(text) => change({ search: text || undefined })}
      />
      <BotFilter value={search.botId} onChange={(botId) => change({ botId })} />
      <Select
        aria-label={t('conversations.filterQuality')}
        placeholder={t('conversations.anyAnswer')}
        data={quality.map((value) => ({ value, label: t(`conversations.quality.${value}`) }))}
        value={chosen}
        onChange={(value) =>
          change({
            unanswered: value === 'unanswered' ? true : undefined,
            rating: value === 'up' || value === 'down' ? value : undefined,
          })
        }
        clearable
        clearButtonProps={{ 'aria-label': t('conversations.anyAnswer') }}
      />
      <Select
        aria-label={t('conversations.filterChannel')}
        placeholder={t('conversations.anyChannel')}
        data={Channel.options.map((value) => ({ value, label: t(`conversations.channel.${value}`) }))}
        value={search.channel ?? null}
        onChange={(value) => change({ channel: Channel.options.find((channel) => channel === value) })}
        clearable
        clearButtonProps={{ 'aria-label': t('conversations.anyChannel') }}
      />
      <TopicFilter botId={search.botId} value={search.topic} onChange={(topic) => change({ topic })} />
    </div>
  );
}
