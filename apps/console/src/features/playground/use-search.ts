import { useQuery } from '@tanstack/react-query';
import { routes, type ResponseOf } from '@docent/contracts';
import type { ApiError } from '../../api/api-error';
import { call } from '../../api/call';
import { keyOf } from '../../api/queries';
import { useWorkspace } from '../../api/workspace';

const shown = 10;

/** What the bot's search finds for a question, with its reasons. Asks nothing for an empty one. */
export function useSearchResult(botId: string, question: string) {
  const workspaceId = useWorkspace().id;
  const body = { query: question, limit: shown, explain: true };
  return useQuery<ResponseOf<typeof routes.search>, ApiError>({
    queryKey: keyOf(workspaceId, routes.search, { params: { botId }, query: body }),
    queryFn: ({ signal }) => call(routes.search, { params: { botId }, body }, { workspaceId, signal }),
    enabled: question.trim() !== '',
  });
}
