import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { routes, SourceStage, SourceStatus, type Change, type Route, type Source } from '@docent/contracts';
import { meQuery } from '../api/account';
import { keyOf } from '../api/queries';
import type { StaleMarks } from './stale-marks';

/** Brings the query cache in line with a pushed change: progress is written in place, everything else is read again. */
export function applyChange(queryClient: QueryClient, marks: StaleMarks, workspaceId: string, change: Change): void {
  const stale = (route: Route, params?: object) => marks.add(keyOf(workspaceId, route, { params }));
  switch (change.kind) {
    case 'source':
      if (!writeProgress(queryClient, workspaceId, change)) stale(routes.listSources, { botId: change.botId });
      stale(routes.getSource, { sourceId: change.id });
      if (change.status === 'ready') stale(routes.meaningMap, { botId: change.botId });
      return;
    case 'source.deleted':
      stale(routes.listSources, { botId: change.botId });
      stale(routes.meaningMap, { botId: change.botId });
      stale(routes.usage);
      return;
    case 'conversation':
      stale(routes.listConversations);
      stale(routes.getConversation, { conversationId: change.id });
      stale(routes.conversationDetails, { conversationId: change.id });
      stale(routes.listInbox);
      stale(routes.countInbox);
      stale(routes.overview);
      return;
    case 'bot':
      stale(routes.listBots);
      stale(routes.getBot, { botId: change.id });
      // Where it was deleted, its conversations went with it.
      stale(routes.listInbox);
      stale(routes.countInbox);
      stale(routes.listConversations);
      return;
    case 'learning':
      stale(routes.getLearning, { botId: change.id });
      if (change.done) stale(routes.listGoldenQuestions, { botId: change.id });
      return;
    case 'members':
      stale(routes.listMembers);
      marks.add(meQuery.queryKey);
  }
}

type Lists = InfiniteData<{ items: Source[] }>;

/** False when the change needs a fresh answer: the source is not in any list yet, or it has come to its end. */
function writeProgress(queryClient: QueryClient, workspaceId: string, change: Extract<Change, { kind: 'source' }>): boolean {
  const status = SourceStatus.safeParse(change.status);
  const stage = SourceStage.safeParse(change.stage);
  if (!status.success || !stage.success) return false;
  let found = false;
  queryClient.setQueriesData<Lists>(
    { queryKey: keyOf(workspaceId, routes.listSources, { params: { botId: change.botId } }) },
    (lists) => {
      if (!lists?.pages) return lists;
      const withProgress = (source: Source): Source => {
        if (source.id !== change.id) return source;
        found = true;
        return { ...source, status: status.data, stage: stage.data, progress: Math.round(change.progress) };
      };
      return { ...lists, pages: lists.pages.map((page) => ({ ...page, items: page.items.map(withProgress) })) };
    },
  );
  return found && (status.data === 'queued' || status.data === 'processing');
}
