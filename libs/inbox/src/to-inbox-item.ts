import type { ConversationSummary, HandoverState, InboxItem, Rating } from '@docent/contracts';
import { AppError } from '@docent/platform';

export interface InboxRow extends Record<string, unknown> {
  id: string;
  bot_id: string;
  channel: ConversationSummary['channel'];
  visitor_id: string | null;
  title: string;
  message_count: number;
  unanswered_count: number;
  rating: Rating | null;
  page_url: string | null;
  locale: string | null;
  created_at: Date;
  last_message_at: Date;
  state: HandoverState;
  assignee_id: string | null;
  assignee_name: string | null;
  preview: string;
  last_seq: number;
  unread: number;
  waiting_since: Date | null;
  snoozed_until: Date | null;
  tags: string[];
  visitor_name: string | null;
}

/** Of table `c` (conversations), with `v` its visitor and `p` its assignee where they are known. */
export const inboxColumns = `c.id, c.bot_id, c.channel, c.visitor_id, c.title, c.message_count, c.unanswered_count, c.page_url, c.locale, c.created_at, c.last_message_at,
  c.state, c.assignee_id, p.name AS assignee_name, c.preview, c.last_seq, c.unread, c.waiting_since, CASE WHEN c.snoozed_until > now() THEN c.snoozed_until END AS snoozed_until, c.tags,
  coalesce(nullif(v.name, ''), v.email) AS visitor_name,
  (SELECT t.rating FROM turns t WHERE t.tenant_id = c.tenant_id AND t.conversation_id = c.id AND t.rating IS NOT NULL ORDER BY t.created_at DESC LIMIT 1) AS rating`;

export const inboxTables = `conversations c
  LEFT JOIN visitors v ON v.tenant_id = c.tenant_id AND v.id = c.visitor_id
  LEFT JOIN memberships m ON m.tenant_id = c.tenant_id AND m.person_id = c.assignee_id
  LEFT JOIN people p ON p.id = m.person_id`;

export function toInboxItem(row: InboxRow): InboxItem {
  return {
    id: row.id,
    botId: row.bot_id,
    channel: row.channel,
    visitorId: row.visitor_id,
    title: row.title,
    messageCount: row.message_count,
    unansweredCount: row.unanswered_count,
    rating: row.rating,
    pageUrl: row.page_url,
    locale: row.locale,
    createdAt: row.created_at.toISOString(),
    lastMessageAt: row.last_message_at.toISOString(),
    state: row.state,
    assignee: row.assignee_id === null ? null : { id: row.assignee_id, name: row.assignee_name ?? '' },
    preview: row.preview,
    lastSeq: row.last_seq,
    unread: row.unread,
    waitingSince: row.waiting_since?.toISOString() ?? null,
    snoozedUntil: row.snoozed_until?.toISOString() ?? null,
    tags: row.tags,
    visitorName: row.visitor_name,
  };
}

/** The place in the list after which the next page begins. */
export interface Place {
  at: string;
  id: string;
}

export function nextCursor({ lastMessageAt, id }: Pick<InboxItem, 'lastMessageAt' | 'id'>): string {
  return `${lastMessageAt}_${id}`;
}

/** Throws `invalid_request` for what {@link nextCursor} never makes. */
export function readCursor(cursor: string | undefined): Place | null {
  if (cursor === undefined) return null;
  const read = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor);
  if (!read || Number.isNaN(Date.parse(read[1]!))) throw new AppError('invalid_request', { fields: [{ in: 'query', field: 'cursor', problem: 'expected the nextCursor of the page before' }] });
  return { at: read[1]!, id: read[2]! };
}
