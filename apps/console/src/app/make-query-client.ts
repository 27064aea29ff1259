import { QueryCache, MutationCache, QueryClient } from '@tanstack/react-query';
import { ApiError, needsSignIn } from '../api/api-error';

/** The only place where server data lives in the browser. `onSessionEnded` is called when signing in again is the only way on. */
export function makeQueryClient(onSessionEnded: () => void): QueryClient {
  const onError = (error: Error) => {
    if (needsSignIn(error)) onSessionEnded();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError: (error, query) => (query.queryKey[0] === 'me' ? undefined : onError(error)) }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: { queries: { staleTime: 15_000, retry: isWorthRetrying, refetchOnWindowFocus: true } },
  });
}

/** Refusals stay refusals; a lost connection or a server that is starting is worth two more attempts. */
function isWorthRetrying(attempts: number, error: Error): boolean {
  const passing = error instanceof ApiError && (error.status === 0 || error.status === 503 || error.status === 429);
  return passing && attempts < 2;
}
