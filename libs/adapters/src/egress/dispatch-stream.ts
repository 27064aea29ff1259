import type { EgressReader, EgressStream, EgressStreamRequest } from '@docent/ports';
import type { Dispatcher } from 'undici';

type Wanted = Pick<EgressStreamRequest, 'headers' | 'body' | 'signal'>;
type Headers = Record<string, string | string[] | undefined>;

/**
 * The client's lowest layer: between the socket and the reader stands no stream, no promise and no signal of its own, which together
 * cost more than the bytes. Rejects with whatever prevented an answer.
 */
export function dispatchStream(dispatcher: Dispatcher, url: URL, request: Wanted, reader: EgressReader): Promise<EgressStream> {
  return new Promise((resolve, reject) => {
    request.signal.throwIfAborted();
    const path = url.pathname + url.search;
    // What is packed could not be given on piece by piece.
    const headers = { 'accept-encoding': 'identity', ...request.headers };
    const answer = new Answer(request.signal, reader, resolve, reject);
    dispatcher.dispatch({ origin: url.origin, path, method: 'POST', headers, body: request.body }, answer);
  });
}

class Answer implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | null = null;
  private hasBegun = false;
  private readonly onAbort = () => this.controller?.abort(asError(this.signal.reason));

  constructor(
    private readonly signal: AbortSignal,
    private readonly reader: EgressReader,
    private readonly resolve: (stream: EgressStream) => void,
    private readonly reject: (reason: unknown) => void,
  ) {
    signal.addEventListener('abort', this.onAbort, { once: true });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    // It may have waited for a connection until nobody wanted it any more.
    if (this.signal.aborted) this.onAbort();
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    // Said before the answer itself, such as 103.
    if (status < 200) return;
    this.hasBegun = true;
    this.resolve({ status, headers: plain(headers), pause: () => controller.pause(), resume: () => controller.resume() });
  }

  onResponseData(_controller: Dispatcher.DispatchController, bytes: Buffer): void {
    this.reader.data(bytes);
  }

  onResponseEnd(): void {
    this.leave();
    this.reader.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.leave();
    if (this.hasBegun) this.reader.end(error);
    else this.reject(error);
  }

  private leave(): void {
    this.signal.removeEventListener('abort', this.onAbort);
  }
}

function plain(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('The request was ended.');
}
