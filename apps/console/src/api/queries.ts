import { useInfiniteQuery, useMutation, useQuery, useQueryClient, type QueryClient, type QueryKey } from '@tanstack/react-query';
import type { ResponseOf, Route } from '@docent/contracts';
import type { ApiError } from './api-error';
import { call, type Input } from './call';
import { useWorkspace } from './workspace';

/** Where an answer lives in the cache: workspace first, then the route, then what was asked. */
export function keyOf(workspaceId: string, route: Route, input: Asked = {}): QueryKey {
  return [workspaceId, route.path, input.params ?? {}, ...(input.query ? [input.query] : [])];
}

/** The parts of an input that tell one answer of a route from another. */
interface Asked {
  params?: object;
  query?: object;
}

interface QueryChoices<Answer> {
  enabled?: boolean;
  /** What is asked for may be written only in a moment: "not there" is worth a few more attempts. */
  mayComeLater?: boolean;
  /** When to ask again, in milliseconds, for what is not pushed; false: not by itself. */
  refetchMs?: (answer: Answer | undefined) => number | false;
}

/** Reads a GET route of the workspace through the query cache. */
export function useApiQuery<R extends Route>(route: R, input: Input<R> & Asked, choices: QueryChoices<ResponseOf<R>> = {}) {
  const workspaceId = useWorkspace().id;
  return useQuery<ResponseOf<R>, ApiError>({
    queryKey: [...keyOf(workspaceId, route, input), 'one'],
    queryFn: ({ signal }) => call(route, input, { workspaceId, signal }),
    enabled: choices.enabled ?? true,
    refetchInterval: (query) => choices.refetchMs?.(query.state.data) ?? false,
    ...(choices.mayComeLater ? { retry: isNotThereYet, retryDelay: 700 } : {}),
    placeholderData: (previous, query) => (isAboutTheSame(query?.queryKey, workspaceId, input) ? previous : undefined),
  });
}

function isNotThereYet(attempts: number, error: ApiError): boolean {
  return error.code === 'not_found' && attempts < 10;
}

type PageOf<R extends Route> =
  ResponseOf<R> extends { items: infer Items; nextCursor: string | null } ? { items: Items; nextCursor: string | null } : never;

/** Reads a list route page by page; `fetchNextPage` brings older entries. */
export function useApiPages<R extends Route>(route: R, input: Input<R> & Asked, choices: { enabled?: boolean } = {}) {
  const workspaceId = useWorkspace().id;
  return useInfiniteQuery({
    queryKey: [...keyOf(workspaceId, route, input), 'pages'],
    queryFn: async ({ pageParam, signal }) => {
      const query = pageParam ? { ...input.query, cursor: pageParam } : input.query;
      return (await call(route, { ...input, query } as Input<R>, { workspaceId, signal })) as unknown as PageOf<R>;
    },
    enabled: choices.enabled ?? true,
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (previous, query) => (isAboutTheSame(query?.queryKey, workspaceId, input) ? previous : undefined),
  });
}

interface MutationChoices<R extends Route> {
  /** Routes whose answers are out of date afterwards. */
  stale?: readonly Route[];
  onSuccess?: (answer: ResponseOf<R>, input: Input<R>) => void;
}

/** Calls a route that changes something, then has the named answers read again. */
export function useApiMutation<R extends Route>(route: R, choices: MutationChoices<R> = {}) {
  const workspaceId = useWorkspace().id;
  const queryClient = useQueryClient();
  return useMutation<ResponseOf<R>, ApiError, Input<R>>({
    mutationFn: (input) => call(route, input, { workspaceId }),
    onSuccess: (answer, input) => {
      for (const stale of choices.stale ?? []) void markStale(queryClient, workspaceId, stale);
      choices.onSuccess?.(answer, input);
    },
  });
}

/** Has every answer of a route read again when it is on the screen. */
export function markStale(queryClient: QueryClient, workspaceId: string, route: Route, params?: object): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: keyOf(workspaceId, route, { params }) });
}

/** While a filter changes, the old list stays; when the bot or the conversation changes, nothing of the old one may be seen. */
function isAboutTheSame(previous: QueryKey | undefined, workspaceId: string, input: { params?: object }): boolean {
  return previous?.[0] === workspaceId && JSON.stringify(previous[2]) === JSON.stringify(input.params ?? {});
}
