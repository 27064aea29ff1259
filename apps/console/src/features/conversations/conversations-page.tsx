import { Text, Title } from '@mantine/core';
import { Outlet, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ConversationFilters } from './conversation-filters';
import { ConversationList } from './conversation-list';
import { usePageTitle } from '../../ui/page-title';
import classes from './conversations.module.css';

/** All conversations beside the one that is open; on a phone one or the other. */
export function ConversationsPage() {
  const { t } = useTranslation();
  const { conversationId } = useParams({ strict: false });
  usePageTitle(t('conversations.title'));
  return (
    <div className={classes.page} data-open={conversationId ? true : undefined}>
      <div className={classes.column}>
        <header className={classes.head}>
          <Title order={conversationId ? 2 : 1} size="h1">
            {t('conversations.title')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('conversations.description')}
          </Text>
        </header>
        <ConversationFilters />
        <ConversationList openId={conversationId} />
      </div>
      <div className={classes.detail}>
        <Outlet />
      </div>
    </div>
  );
}
