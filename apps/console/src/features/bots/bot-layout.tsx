import { useEffect, useRef } from 'react';
import { Group, Skeleton } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { Link, Outlet, useParams, useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { routes } from '@docent/contracts';
import { useApiQuery } from '../../api/queries';
import { useCan } from '../../api/workspace';
import { TextLink } from '../../ui/links';
import { Page } from '../../ui/page';
import { QueryState } from '../../ui/query-state';
import classes from './bot-layout.module.css';

/** A bot's name and its tabs, around each page about it. */
export function BotLayout() {
  const { t } = useTranslation();
  const params = useParams({ from: '/w/$workspaceId/bots/$botId' });
  const bot = useApiQuery(routes.getBot, { params: { botId: params.botId } });
  const isAdmin = useCan('admin');
  const tabs = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  // On a phone the tabs are wider than the screen: the open one is brought into sight.
  useEffect(() => {
    tabs.current?.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [path]);
  const back = (
    <TextLink to="/w/$workspaceId/bots" params={params} size="sm" c="dimmed" mb="xs" display="inline-block">
      <Group gap={6}>
        <IconArrowLeft size={15} aria-hidden /> {t('bots.title')}
      </Group>
    </TextLink>
  );
  const tab = { params, className: classes.tab, activeProps: { 'aria-current': 'page' as const } };
  return (
    <Page title={bot.data?.name ?? t('bots.bot')} before={back} width="wide">
      <nav ref={tabs} aria-label={t('bots.tabs')} className={classes.tabs}>
        <Link to="/w/$workspaceId/bots/$botId/knowledge" {...tab}>
          {t('knowledge.title')}
        </Link>
        <Link to="/w/$workspaceId/bots/$botId/map" {...tab}>
          {t('map.tab')}
        </Link>
        <Link to="/w/$workspaceId/bots/$botId/playground" {...tab}>
          {t('playground.title')}
        </Link>
        <Link to="/w/$workspaceId/bots/$botId/learning" {...tab}>
          {t('learning.tab')}
        </Link>
        <Link to="/w/$workspaceId/bots/$botId/widget" {...tab}>
          {t('widget.title')}
        </Link>
        <Link to="/w/$workspaceId/bots/$botId/people" {...tab}>
          {t('people.tab')}
        </Link>
        <Link to="/w/$workspaceId/bots/$botId/visitors" {...tab}>
          {t('visitors.tab')}
        </Link>
        {isAdmin && (
          <Link to="/w/$workspaceId/bots/$botId/identity" {...tab}>
            {t('identity.tab')}
          </Link>
        )}
        <Link to="/w/$workspaceId/bots/$botId/leads" {...tab}>
          {t('leads.tab')}
        </Link>
        <Link to="/w/$workspaceId/conversations" params={params} search={{ botId: params.botId }} className={classes.tab}>
          {t('shell.conversations')}
        </Link>
        <Link to="/w/$workspaceId/bots/$botId/settings" {...tab}>
          {t('shell.settings')}
        </Link>
      </nav>
      <QueryState query={bot} loading={<Skeleton height={240} radius="lg" />}>
        {() => <Outlet />}
      </QueryState>
    </Page>
  );
}
