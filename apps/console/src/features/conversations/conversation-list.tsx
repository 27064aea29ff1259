import { Button, Center } from '@mantine/core';
import { IconFilterOff, IconMessages, IconThumbDown, IconThumbUp } from '@tabler/icons-react';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { routes, type ListedConversation } from '@docent/contracts';
import { useApiPages } from '../../api/queries';
import { useWorkspace } from '../../api/workspace';
import { EmptyState } from '../../ui/empty-state';
import { useFormat } from '../../ui/format';
import { ButtonLink } from '../../ui/links';
import frame from '../../ui/list-and-detail.module.css';
import { QueryState } from '../../ui/query-state';
import classes from './conversations.module.css';

/** Newest first, growing while visitors talk. */
export function ConversationList({ openId }: { openId: string | undefined }) {
  const { t } = useTranslation();
  const search = useSearch({ from: '/w/$workspaceId/conversations' });
  const query = { ...search, unanswered: search.unanswered ? 'true' : undefined, limit: 50 };
  const pages = useApiPages(routes.listConversations, { query });
  const items = pages.data?.pages.flatMap((page) => page.items);
  const isFiltered = Object.values(search).some((value) => value !== undefined);
  return (
    <QueryState query={{ ...pages, data: items }}>
      {(conversations) =>
        conversations.length === 0 ? (
          <NoneFound isFiltered={isFiltered} />
        ) : (
          <>
            <ul aria-label={t('conversations.title')}>
              {conversations.map((conversation) => (
                <li key={conversation.id}>
                  <Entry conversation={conversation} isOpen={conversation.id === openId} />
                </li>
              ))}
            </ul>
            {pages.hasNextPage && (
              <Center p="md">
                <Button size="xs" variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
                  {t('common.more')}
                </Button>
              </Center>
            )}
          </>
        )
      }
    </QueryState>
  );
}

function Entry({ conversation, isOpen }: { conversation: ListedConversation; isOpen: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const workspaceId = useWorkspace().id;
  return (
    <Link
      className={frame.entry}
      to="/w/$workspaceId/conversations/$conversationId"
      params={{ workspaceId, conversationId: conversation.id }}
      search={(before) => before}
      aria-current={isOpen ? 'page' : undefined}
    >
      <span className={classes.title}>{conversation.title || t('conversations.untitled')}</span>
      <span className={frame.facts}>
        <span>{format.ago(conversation.lastMessageAt)}</span>
        <span>{t(`conversations.channel.${conversation.channel}`)}</span>
        <span>{t('conversations.messages', { count: conversation.messageCount })}</span>
        {conversation.topic && <span className={frame.topic}>{conversation.topic.name}</span>}
        {conversation.unansweredCount > 0 && (
          <strong>{t('conversations.unanswered', { count: conversation.unansweredCount })}</strong>
        )}
        {conversation.rating === 'up' && <IconThumbUp size={14} role="img" aria-label={t('transcript.ratedUp')} />}
        {conversation.rating === 'down' && <IconThumbDown size={14} role="img" aria-label={t('transcript.ratedDown')} />}
      </span>
    </Link>
  );
}

function NoneFound({ isFiltered }: { isFiltered: boolean }) {
  const { t } = useTranslation();
  const params = { workspaceId: useWorkspace().id };
  const look = { variant: 'default', size: 'sm' } as const;
  const showAll = (
    <ButtonLink to="/w/$workspaceId/conversations" params={params} {...look}>
      {t('conversations.showAll')}
    </ButtonLink>
  );
  const toBots = (
    <ButtonLink to="/w/$workspaceId/bots" params={params} {...look}>
      {t('conversations.toBots')}
    </ButtonLink>
  );
  return isFiltered ? (
    <EmptyState icon={IconFilterOff} title={t('conversations.noMatch')} action={showAll}>
      {t('conversations.noMatchText')}
    </EmptyState>
  ) : (
    <EmptyState icon={IconMessages} title={t('conversations.none')} action={toBots}>
      {t('conversations.noneText')}
    </EmptyState>
  );
}
