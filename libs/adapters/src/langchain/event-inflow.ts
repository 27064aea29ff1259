import { StringDecoder } from 'node:string_decoder';
import type { EgressReader } from '@docent/ports';

/** More than this is left on the wire until somebody takes it. */
const mostHeld = 256_000;

interface Flow {
  pause(): void;
  resume(): void;
}

/**
 * Takes server-sent events off the wire and gives out whole ones, as many as have arrived together. A process with time to spare passes each
 * on at once; a busy one finds several waiting, and pays for the way to the reader once for all of them.
 */
export class EventInflow implements EgressReader {
  /** The wire, once it is known: told to wait while too much is held. */
  flow: Flow | null = null;
  private readonly decoder = new StringDecoder('utf8');
  /** Grows as a rope, and is looked into only when it is taken: a look costs its whole length. */
  private held = '';
  private hasNews = false;
  private hasEnded = false;
  private hasGiven = false;
  private isPaused = false;
  private failure: Error | null = null;
  private wake: (() => void) | null = null;

  data(bytes: Uint8Array): void {
    this.held += this.decoder.write(bytes as Buffer);
    this.hasNews = true;
    if (this.held.length > mostHeld && this.flow && !this.isPaused) {
      this.isPaused = true;
      this.flow.pause();
    }
    this.tell();
  }

  end(failure?: Error): void {
    // Half an event is left behind where the stream broke; a server that ends in peace may forget the last blank line.
    this.held = failure ? this.held.slice(0, endOfEvents(this.held)) : this.held + this.decoder.end();
    this.failure = failure ?? null;
    this.hasEnded = true;
    this.tell();
  }

  /** Resolves with whole events, at the end with what is left, and then with null. Throws what broke the stream, after everything that came before. */
  async take(): Promise<string | null> {
    for (;;) {
      if (!this.hasNews && !this.hasEnded) await new Promise<void>((resolve) => (this.wake = resolve));
      // The first words wait for nobody.
      if (this.hasGiven && !this.hasEnded) await endOfTurn();
      this.hasNews = false;
      const taken = this.hasEnded ? this.held : this.held.slice(0, endOfEvents(this.held));
      this.held = this.held.slice(taken.length);
      this.hasGiven ||= /"content":\s*"/.test(taken);
      if (taken !== '') {
        this.goOn();
        return taken;
      }
      if (this.failure) throw this.failure;
      if (this.hasEnded) return null;
      if (this.isPaused) throw new Error('An event is too large.');
    }
  }

  /** All that comes until the end, as far as there is room for it: for what is no stream of events. */
  async rest(): Promise<string> {
    while (!this.hasEnded && !this.isPaused) await new Promise<void>((resolve) => (this.wake = resolve));
    return this.held;
  }

  private goOn(): void {
    if (!this.isPaused) return;
    this.isPaused = false;
    this.flow?.resume();
  }

  private tell(): void {
    this.wake?.();
    this.wake = null;
  }
}

/** Behind the last blank line, whichever line ends the server uses; 0 where there is none. */
function endOfEvents(text: string): number {
  if (text.endsWith('\n\n')) return text.length;
  const ends = [text.lastIndexOf('\n\n') + 2, text.lastIndexOf('\r\n\r\n') + 4, text.lastIndexOf('\r\r') + 2];
  return Math.max(0, ...ends.filter((end) => end > 4));
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
