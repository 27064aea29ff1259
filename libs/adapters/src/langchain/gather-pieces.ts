import { joinPieces } from './join-pieces';

/**
 * Wraps a `fetch` whose responses are streams of the OpenAI protocol: pieces that have arrived together leave as one. A process with time to
 * spare passes each piece on at once; a busy one finds several waiting, and pays for the way through the client once for all of them.
 */
export function gatherPieces(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    const isStream = response.ok && response.body && (response.headers.get('content-type') ?? '').includes('text/event-stream');
    if (!isStream) return response;
    return new Response(gathered(response.body!), {
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
    });
  };
}

const encoder = new TextEncoder();

function gathered(source: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const inflow = new Inflow(source);
  let hasBegun = false;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        for (;;) {
          await inflow.arrival();
          // The first words wait for nobody.
          if (hasBegun) await endOfTurn();
          const text = inflow.take();
          if (text !== '') {
            hasBegun ||= text.includes('"content":"');
            return controller.enqueue(encoder.encode(joinPieces(text)));
          }
          if (inflow.hasEnded) return controller.close();
        }
      },
      cancel: (reason) => inflow.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

/** More than this is left on the wire until somebody takes it. */
const mostHeld = 256_000;

/** Reads as fast as the wire gives, so that what waits is known without asking. */
class Inflow {
  hasEnded = false;
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>;
  private readonly decoder = new TextDecoder();
  private held = '';
  /** Where the last whole event in `held` ends. */
  private wholeUntil = 0;
  private failure: { reason: unknown } | null = null;
  private wake: (() => void) | null = null;
  private goOn: (() => void) | null = null;

  constructor(source: ReadableStream<Uint8Array>) {
    this.reader = source.getReader();
    void this.read();
  }

  /** Resolves when whole events wait, or the end. */
  arrival(): Promise<void> | undefined {
    if (this.wholeUntil > 0 || this.hasEnded || this.failure) return undefined;
    return new Promise((resolve) => (this.wake = resolve));
  }

  /** Whole events; at the end also what is left. Throws what broke the stream, after everything that came before. */
  take(): string {
    if (this.failure && this.held === '') throw this.failure.reason;
    const taken = this.hasEnded || this.failure ? this.held : this.held.slice(0, this.wholeUntil);
    this.held = this.held.slice(taken.length);
    this.wholeUntil = 0;
    this.goOn?.();
    return taken;
  }

  cancel(reason: unknown): Promise<void> {
    this.goOn?.();
    return this.reader.cancel(reason);
  }

  private async read(): Promise<void> {
    try {
      for (;;) {
        const { done, value } = await this.reader.read();
        if (done) break;
        this.held += this.decoder.decode(value, { stream: true });
        // Other line ends than usual are left to the client.
        this.wholeUntil = this.held.includes('\r') ? this.held.length : this.held.lastIndexOf('\n\n') + 2;
        if (this.wholeUntil < 2) this.wholeUntil = 0;
        if (this.wholeUntil > 0) this.tell();
        if (this.held.length > mostHeld) await new Promise<void>((resolve) => (this.goOn = resolve));
      }
      this.held += this.decoder.decode();
      this.hasEnded = true;
    } catch (reason) {
      this.failure = { reason };
    }
    this.tell();
  }

  private tell(): void {
    this.wake?.();
    this.wake = null;
  }
}

let turnEnd: Promise<void> | null = null;

/** When everything that had arrived in this turn of the event loop was read; the same moment for all streams, so that they go on together. */
function endOfTurn(): Promise<void> {
  return (turnEnd ??= new Promise((resolve) => {
    setImmediate(() => {
      turnEnd = null;
      resolve();
    });
  }));
}
