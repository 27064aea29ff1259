import { ErrorBody, type ErrorCode } from '@docent/contracts';

/** A refusal of the server, or `network` when no answer came at all. `message` is meant to be read by a person. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly code: ErrorCode | 'network',
    message: string,
    /** HTTP status; 0 when there was no answer. */
    readonly status: number,
    readonly details?: unknown,
    readonly requestId?: string,
    /** From `Retry-After`, in seconds. */
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }
}

/** Reads an error answer in the shape of the contract; anything else (a proxy's page, an empty body) becomes `internal`. */
export function toApiError(status: number, body: string, retryAfter: string | null): ApiError {
  const retryAfterSeconds = retryAfter && /^\d+$/.test(retryAfter) ? Number(retryAfter) : undefined;
  const parsed = ErrorBody.safeParse(parseJson(body));
  if (!parsed.success)
    return new ApiError(
      'internal',
      `The server answered with status ${status}.`,
      status,
      undefined,
      undefined,
      retryAfterSeconds,
    );
  const { code, message, details, requestId } = parsed.data.error;
  return new ApiError(code, message, status, details, requestId, retryAfterSeconds);
}

/** The connection failed before an answer came: offline, or the server is restarting. */
export function networkError(): ApiError {
  return new ApiError('network', 'The server cannot be reached. Check your connection and try again.', 0);
}

/** Whether signing in again is the only thing that helps. */
export function needsSignIn(error: unknown): boolean {
  return error instanceof ApiError && (error.code === 'unauthenticated' || error.code === 'session_expired');
}

/** Whether there is nothing under the address, or nothing any more. */
export function isGone(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
