import { useRef } from 'react';
import { Group, Title } from '@mantine/core';
import { Outlet, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePageTitle } from '../../ui/page-title';
import { AlertMenu } from './alert-menu';
import { InboxFilters } from './inbox-filters';
import { InboxList } from './inbox-list';
import { InboxViews } from './inbox-views';
import classes from './inbox-list.module.css';

/** The lists beside the conversation that is open; on a phone one or the other. */
export function InboxPage() {
  const { t } = useTranslation();
  const { conversationId } = useParams({ strict: false });
  const scroll = useRef<HTMLDivElement>(null);
  usePageTitle(t('inbox.title'));
  return (
    <div className={classes.page} data-open={conversationId ? true : undefined}>
      <div className={classes.column}>
        <Group justify="space-between" className={classes.head} wrap="nowrap">
          <Title order={conversationId ? 2 : 1} size="h1">
            {t('inbox.title')}
          </Title>
          <AlertMenu />
        </Group>
        <InboxViews />
        <InboxFilters />
        <div ref={scroll} className={classes.scroll}>
          <InboxList openId={conversationId} scroll={scroll} />
        </div>
      </div>
      <div className={classes.detail}>
        <Outlet />
      </div>
    </div>
  );
}
