import { summaryColumns, toSummary, toTopic, type ConversationRow } from '@docent/chat';
import type { InboxItem } from '@docent/contracts';
import { AppError } from '@docent/platform';

export interface InboxRow extends ConversationRow {
  assignee_id: string | null;
  assignee_name: string | null;
  preview: string;
  unread: number;
  waiting_since: Date | null;
  snoozed_until: Date | null;
  tags: string[];
  visitor_name: string | null;
}

/** Of table `c` (conversations), with `v` its visitor and `p` its assignee where they are known. */
export const inboxColumns = `${summaryColumns},
  c.assignee_id, p.name AS assignee_name, c.preview, c.unread, c.waiting_since, CASE WHEN c.snoozed_until > now() THEN c.snoozed_until END AS snoozed_until, c.tags,
  coalesce(nullif(v.name, ''), v.email) AS visitor_name`;

export const inboxTables = `conversations c
  LEFT JOIN visitors v ON v.tenant_id = c.tenant_id AND v.id = c.visitor_id
  LEFT JOIN memberships m ON m.tenant_id = c.tenant_id AND m.person_id = c.assignee_id
  LEFT JOIN people p ON p.id = m.person_id`;

export function toInboxItem(row: InboxRow): InboxItem {
  return {
    ...toSummary(row),
    state: row.state,
    assignee: row.assignee_id === null ? null : { id: row.assignee_id, name: row.assignee_name ?? '' },
    preview: row.preview,
    lastSeq: row.last_seq,
    unread: row.unread,
    waitingSince: row.waiting_since?.toISOString() ?? null,
    snoozedUntil: row.snoozed_until?.toISOString() ?? null,
    tags: row.tags,
    topic: toTopic(row),
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
