import { routes, type CallOf, type ResponseOf, type Route } from '@docent/contracts';
import { needsSignIn, networkError, toApiError } from './api-error';

type Given<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] };
type Optional<T> = { [K in keyof T as undefined extends T[K] ? (T[K] extends undefined ? never : K) : never]?: T[K] };
/** Parameters, query and body of a route; parts that the route does not have cannot be given. */
export type Input<R extends Route> = Given<Omit<CallOf<R>, 'query'>> &
  Optional<Omit<CallOf<R>, 'query'>> &
  (CallOf<R>['query'] extends undefined ? object : { query?: Partial<CallOf<R>['query']> });

export interface CallOptions {
  /** The workspace that the call is about; sent as `docent-workspace`. */
  workspaceId?: string;
  signal?: AbortSignal;
}

/**
 * Calls a route of the contract. When the access cookie has run out it is refreshed once, and the call is repeated.
 * Throws `ApiError` for every refusal and for a missing connection.
 */
export async function call<R extends Route>(route: R, input: Input<R>, options: CallOptions = {}): Promise<ResponseOf<R>> {
  const response = await withRefresh(route, () => send(route, input, options));
  return (route.response ? await response.json() : undefined) as ResponseOf<R>;
}

/** The bytes that a route answers with, for saving them as a file. */
export async function download<R extends Route>(route: R, input: Input<R>, options: CallOptions): Promise<Blob> {
  const response = await withRefresh(route, () => send(route, input, options));
  return response.blob();
}

/** Runs a request, and once more after a refresh when the session's access cookie had run out. */
export async function withRefresh<T>(route: Route, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    if (isPublicOnly(route) || !needsSignIn(error)) throw error;
    await refreshSession();
    return await request();
  }
}

/** The address of a route with its parameters filled in and its query appended. */
export function addressOf(route: Route, input: { params?: object; query?: object }): string {
  const params = new Map(Object.entries(input.params ?? {}));
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params.get(name))));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value));
  }
  return query.size > 0 ? `${path}?${query}` : path;
}

async function send(
  route: Route,
  input: { params?: object; query?: object; body?: unknown },
  options: CallOptions,
): Promise<Response> {
  const headers = new Headers({ accept: 'application/json' });
  if (options.workspaceId) headers.set('docent-workspace', options.workspaceId);
  if (input.body !== undefined) headers.set('content-type', 'application/json');
  const response = await fetch(addressOf(route, input), {
    method: route.method,
    headers,
    credentials: 'same-origin',
    signal: options.signal,
    body: input.body === undefined ? undefined : JSON.stringify(input.body),
  }).catch((error: unknown) => {
    throw options.signal?.aborted ? error : networkError();
  });
  if (!response.ok) throw toApiError(response.status, await response.text(), response.headers.get('retry-after'));
  return response;
}

let refreshing: Promise<void> | undefined;

/**
 * Rotates the session's cookies. Everybody who asks meanwhile shares one request, in other tabs too: two rotations of the
 * same refresh token would look like theft to the server.
 */
export function refreshSession(): Promise<void> {
  refreshing ??= acrossTabs('docent-refresh', async () => {
    await send(routes.refresh, {}, {});
  }).finally(() => {
    refreshing = undefined;
  });
  return refreshing;
}

/** Runs work of one name by itself, in all tabs; only in this one where the browser has no locks. */
export function acrossTabs(name: string, work: () => Promise<void>): Promise<void> {
  return typeof navigator !== 'undefined' && navigator.locks ? navigator.locks.request(name, work) : work();
}

function isPublicOnly(route: Route): boolean {
  return route.access.public === true;
}
