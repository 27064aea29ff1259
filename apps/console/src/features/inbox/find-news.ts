import type { InboxItem } from '@docent/contracts';

export interface News {
  kind: 'waiting' | 'message';
  item: InboxItem;
}

/** Conversations that began to wait, and new messages in one's own, since the last look. Nothing is news at the first look. */
export function findNews(before: readonly InboxItem[] | undefined, now: readonly InboxItem[], isMine: (item: InboxItem) => boolean): News[] {
  if (!before) return [];
  const known = new Map(before.map((item) => [item.id, item]));
  return now.flatMap((item): News[] => {
    const earlier = known.get(item.id);
    if (item.state === 'waiting' && earlier?.state !== 'waiting') return [{ kind: 'waiting', item }];
    if (isMine(item) && item.unread > (earlier?.unread ?? 0)) return [{ kind: 'message', item }];
    return [];
  });
}
