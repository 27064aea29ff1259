import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { routes, type InboxItem } from '@docent/contracts';
import { keyOf } from '../../api/queries';

interface Page {
  items: InboxItem[];
}

/** Takes the badge of a conversation off every list on the screen, as soon as the server knows that it was read. */
export function forgetUnread(queryClient: QueryClient, workspaceId: string, conversationId: string): void {
  const read = <P extends Page>(page: P): P => {
    if (!page.items.some(({ id, unread }) => id === conversationId && unread > 0)) return page;
    return { ...page, items: page.items.map((item) => (item.id === conversationId ? { ...item, unread: 0 } : item)) };
  };
  queryClient.setQueriesData<Page | InfiniteData<Page>>({ queryKey: keyOf(workspaceId, routes.listInbox) }, (known) => {
    if (!known) return known;
    return 'pages' in known ? { ...known, pages: known.pages.map(read) } : read(known);
  });
}
