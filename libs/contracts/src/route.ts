import type { z } from 'zod';
import type { ErrorCode } from './errors';
import type { Role, Scope } from './roles';

/**
 * Who may call a route. A caller needs to fit one of the given ways; a route without any is refused by the server at start.
 * `session` and `key` name the least role and the scope that are needed.
 */
export interface Access {
  /** Anyone, without signing in. */
  public?: true;
  /** A signed-in person, no workspace needed. */
  account?: true;
  /** A signed-in member of the workspace in the `docent-workspace` header, with at least this role. */
  session?: Role;
  /** An API key with this scope. */
  key?: Scope;
  /** A visitor token; the handler sees only this visitor's own conversations. */
  visitor?: true;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Route {
  method: Method;
  /** With `{name}` placeholders, as in OpenAPI. */
  path: string;
  summary: string;
  tag: string;
  access: Access;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Also takes `multipart/form-data` with one `file` part. */
  multipart?: true;
  /** Status of success. */
  status: number;
  /** Absent: the answer has no JSON body (see `produces`). */
  response?: z.ZodType;
  produces?: 'application/json' | 'text/event-stream' | 'text/plain' | 'application/octet-stream';
  /** Beyond those every route can answer: invalid_request, unauthenticated, forbidden, not_found, rate_limited, internal. */
  errors?: readonly ErrorCode[];
}

/** Keeps the literal types of a route, so that server, console and documentation all derive from it. */
export function route<const R extends Route>(definition: R): R {
  return definition;
}

type Infer<T> = T extends z.ZodType ? z.output<T> : undefined;
type InferInput<T> = T extends z.ZodType ? z.input<T> : undefined;
type Part<R extends Route, K extends 'params' | 'query' | 'body'> = R extends Record<K, infer S> ? S : undefined;

/** What a handler gets: parsed parameters, query and body. */
export interface InputOf<R extends Route> {
  params: Infer<Part<R, 'params'>>;
  query: Infer<Part<R, 'query'>>;
  body: Infer<Part<R, 'body'>>;
}

/** What a caller sends. */
export interface CallOf<R extends Route> {
  params: InferInput<Part<R, 'params'>>;
  query: InferInput<Part<R, 'query'>>;
  body: InferInput<Part<R, 'body'>>;
}

export type ResponseOf<R extends Route> = R extends { response: infer S } ? Infer<S> : undefined;
