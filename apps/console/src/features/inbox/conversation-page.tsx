import { useEffect, useState } from 'react';
import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { routes } from '@docent/contracts';
import { isGone } from '../../api/api-error';
import { useApiQuery } from '../../api/queries';
import { QueryState } from '../../ui/query-state';
import { ConversationHead } from './conversation-head';
import { ConversationThread } from './conversation-thread';
import { GoneConversation } from './gone-conversation';
import classes from './conversation.module.css';
import { useLiveConversation } from './use-live-conversation';
import { useOutbox } from './use-outbox';
import { VisitorPanel } from './visitor-panel';

/** One conversation as members work on it. */
export function ConversationPage() {
  const { conversationId } = useParams({ from: '/w/$workspaceId/inbox/$conversationId' });
  return <OpenConversation key={conversationId} conversationId={conversationId} />;
}

function OpenConversation({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation();
  const { outbox } = useOutbox();
  const live = useLiveConversation(conversationId, outbox.heard);
  const details = useApiQuery(routes.conversationDetails, { params: { conversationId } });
  const [isPanelOpen, setIsPanelOpen] = useState(false);
  const isWide = useMediaQuery('(min-width: 1360px)', window.innerWidth >= 1360);
  const lastSeq = live.query.data?.lastSeq ?? 0;
  useEffect(() => outbox.settle(conversationId, lastSeq), [outbox, conversationId, lastSeq]);
  const both = {
    data: live.query.data && details.data ? { conversation: live.query.data, details: details.data } : undefined,
    error: live.query.error ?? details.error,
    isPending: live.query.isPending || details.isPending,
    refetch: () => (void live.query.refetch(), void details.refetch()),
  };
  if (isGone(both.error)) return <GoneConversation />;
  return (
    <QueryState query={both}>
      {({ conversation, details: known }) => (
        <article className={classes.open} aria-label={t('inbox.conversation')}>
          <div className={classes.main}>
            <ConversationHead details={known} onDetails={isWide ? undefined : () => setIsPanelOpen(true)} />
            <ConversationThread conversation={conversation} details={known} typing={live.typing} isConnected={live.isConnected} />
          </div>
          {isWide ? (
            <aside className={classes.panel} aria-label={t('inbox.about')} tabIndex={0}>
              <VisitorPanel details={known} />
            </aside>
          ) : (
            <Drawer
              opened={isPanelOpen}
              onClose={() => setIsPanelOpen(false)}
              position="right"
              size={340}
              title={t('inbox.about')}
              closeButtonProps={{ 'aria-label': t('common.close') }}
            >
              <VisitorPanel details={known} />
            </Drawer>
          )}
        </article>
      )}
    </QueryState>
  );
}
