import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { routes, type Me, type ResponseOf, type Route } from '@docent/contracts';
import type { ApiError } from './api-error';
import { call, type Input } from './call';

/** The signed-in person and their workspaces. */
export const meQuery = queryOptions<Me, ApiError>({
  queryKey: ['me'],
  queryFn: ({ signal }) => call(routes.me, {}, { signal }),
  staleTime: 60_000,
  retry: false,
});

/** Calls an account route (no workspace). Routes that answer with `Me` should pass it to {@link useRememberMe}. */
export function useAccountMutation<R extends Route>(route: R, onSuccess?: (answer: ResponseOf<R>, input: Input<R>) => void) {
  return useMutation<ResponseOf<R>, ApiError, Input<R>>({ mutationFn: (input) => call(route, input), onSuccess });
}

/** Stores who is signed in, as the server has just told. */
export function useRememberMe(): (me: Me) => void {
  const queryClient = useQueryClient();
  return (me) => queryClient.setQueryData(meQuery.queryKey, me);
}
