import {
  IconActivity,
  IconBook,
  IconChartBar,
  IconInbox,
  IconKey,
  IconMessage2Bolt,
  IconMessages,
  IconRobot,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react';
import { VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCan, useWorkspace } from '../api/workspace';
import { useAttention } from '../features/inbox/inbox-alerts';
import classes from './navigation.module.css';

/** The workspace's pages. What a role may not even see is left out. */
export function Navigation() {
  const { t } = useTranslation();
  const params = { workspaceId: useWorkspace().id };
  const isAdmin = useCan('admin');
  const look = { className: classes.link, params, activeProps: { 'aria-current': 'page' as const } };
  return (
    <nav aria-label={t('shell.navigation')} className={classes.nav}>
      <Link to="/w/$workspaceId/overview" {...look}>
        <IconActivity size={18} stroke={1.7} aria-hidden /> {t('shell.overview')}
      </Link>
      <Link to="/w/$workspaceId/bots" {...look}>
        <IconRobot size={18} stroke={1.7} aria-hidden /> {t('shell.bots')}
      </Link>
      <Link to="/w/$workspaceId/inbox" {...look}>
        <IconInbox size={18} stroke={1.7} aria-hidden /> {t('shell.inbox')} <Attention />
      </Link>
      <Link to="/w/$workspaceId/conversations" {...look}>
        <IconMessages size={18} stroke={1.7} aria-hidden /> {t('shell.conversations')}
      </Link>
      <Link to="/w/$workspaceId/prepared-replies" {...look}>
        <IconMessage2Bolt size={18} stroke={1.7} aria-hidden /> {t('shell.preparedReplies')}
      </Link>
      <hr className={classes.line} />
      {isAdmin && (
        <Link to="/w/$workspaceId/api-keys" {...look}>
          <IconKey size={18} stroke={1.7} aria-hidden /> {t('shell.apiKeys')}
        </Link>
      )}
      <Link to="/w/$workspaceId/members" {...look}>
        <IconUsers size={18} stroke={1.7} aria-hidden /> {t('shell.members')}
      </Link>
      <Link to="/w/$workspaceId/usage" {...look}>
        <IconChartBar size={18} stroke={1.7} aria-hidden /> {t('shell.usage')}
      </Link>
      <Link to="/w/$workspaceId/settings" {...look}>
        <IconSettings size={18} stroke={1.7} aria-hidden /> {t('shell.settings')}
      </Link>
      <a href="/docs" className={classes.link}>
        <IconBook size={18} stroke={1.7} aria-hidden /> {t('shell.documentation')}
      </a>
    </nav>
  );
}

/** How many conversations need this member. */
function Attention() {
  const { t } = useTranslation();
  const count = useAttention();
  if (count === 0) return null;
  return (
    <span className={classes.badge}>
      {count}
      <VisuallyHidden> {t('inbox.attention', { count })}</VisuallyHidden>
    </span>
  );
}
