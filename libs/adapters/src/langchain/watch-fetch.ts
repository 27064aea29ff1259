import { ModelError } from '@docent/ports';
import type { OpenStream } from './chat-model';

/** What went over the wire, for judging a failure: the clients wrap and rename errors, the wire does not. */
export interface SeenOnWire {
  /** Null until the supplier answered. */
  status: number | null;
  retryAfterMs: number | null;
  /** What `fetch` itself threw. */
  failure: unknown;
}

/** Wraps both ways out so that they remember what they saw, and `fetch` so that it ends with `stop`, even where a client forgets to pass its signal on. */
export function watchFetch(fetch: typeof globalThis.fetch, openStream: OpenStream, stop: AbortSignal) {
  const seen: SeenOnWire = { status: null, retryAfterMs: null, failure: null };
  const watched: typeof globalThis.fetch = async (input, init) => {
    const signal = init?.signal ? AbortSignal.any([init.signal, stop]) : stop;
    try {
      const response = await fetch(input, { ...init, signal });
      seen.status = response.status;
      seen.retryAfterMs = retryAfterMs(response.headers.get('retry-after'));
      return response;
    } catch (error) {
      seen.failure = error;
      throw error;
    }
  };
  const watchedStream: OpenStream = async (request, reader) => {
    try {
      const stream = await openStream(request, reader);
      seen.status = stream.status;
      seen.retryAfterMs = retryAfterMs(stream.headers['retry-after'] ?? null);
      return stream;
    } catch (error) {
      seen.failure = error;
      throw error;
    }
  };
  return { seen, fetch: watched, openStream: watchedStream, endedWithoutFinish };
}

/** `understood`: at least one event of the protocol came. */
function endedWithoutFinish(understood: boolean): ModelError {
  if (understood) return new ModelError('cut', 'The model stopped in the middle of its answer.');
  return new ModelError('server_error', 'The address answers, but not as a model of this provider does. Check the base URL.');
}

/** Seconds or a date (RFC 9110, 10.2.3). */
function retryAfterMs(header: string | null): number | null {
  if (!header) return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now());
}
