import { memo } from 'react';
import { VisuallyHidden } from '@mantine/core';
import { IconClockPause, IconUser } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { InboxItem } from '@docent/contracts';
import { useWorkspace } from '../../api/workspace';
import { useFormat } from '../../ui/format';
import frame from '../../ui/list-and-detail.module.css';
import classes from './inbox-list.module.css';
import look from './facts.module.css';
import { StateBadge } from './state-badge';
import { WaitingTime } from './waiting-time';

/** One conversation in a list: who, what was said last, who has it, and what waits. */
export const InboxEntry = memo(function InboxEntry({ item, isOpen }: { item: InboxItem; isOpen: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const workspaceId = useWorkspace().id;
  return (
    <Link
      className={frame.entry}
      to="/w/$workspaceId/inbox/$conversationId"
      params={{ workspaceId, conversationId: item.id }}
      search={(before) => before}
      aria-current={isOpen ? 'page' : undefined}
      activeProps={{}}
      data-unread={item.unread > 0 || undefined}
    >
      <span className={classes.line}>
        <span className={classes.name}>{item.visitorName ?? (item.title || t('conversations.untitled'))}</span>
        <time className={classes.when} dateTime={item.lastMessageAt} title={format.dateTime(item.lastMessageAt)}>
          {format.ago(item.lastMessageAt)}
        </time>
      </span>
      <span className={classes.line}>
        <span className={classes.preview}>{item.preview || item.title}</span>
        {item.unread > 0 && (
          <span className={classes.unread}>
            {item.unread > 99 ? '99+' : item.unread}
            <VisuallyHidden> {t('inbox.unread', { count: item.unread })}</VisuallyHidden>
          </span>
        )}
      </span>
      <span className={frame.facts}>
        <StateBadge state={item.state} />
        {item.waitingSince && item.state === 'waiting' && <WaitingTime since={item.waitingSince} />}
        {item.assignee && (
          <span className={look.fact}>
            <IconUser size={13} aria-hidden /> {item.assignee.name}
          </span>
        )}
        {item.snoozedUntil && (
          <span className={look.fact}>
            <IconClockPause size={13} aria-hidden /> {t('inbox.until', { time: format.dateTime(item.snoozedUntil) })}
          </span>
        )}
        {item.topic && <span className={frame.topic}>{item.topic.name}</span>}
        {item.tags.slice(0, 3).map((tag) => (
          <span key={tag} className={classes.tag}>
            {tag}
          </span>
        ))}
        {item.tags.length > 3 && <span className={look.fact}>+{item.tags.length - 3}</span>}
      </span>
    </Link>
  );
});
