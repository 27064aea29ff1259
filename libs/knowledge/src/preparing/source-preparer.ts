import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import { Inject, Injectable, Optional, type OnApplicationShutdown } from '@nestjs/common';
import type { ExtractedText } from '@docent/ports';
import { describeSource, preparePassages, type PassageBatch, type SourceHead } from './prepare-source';
import type { PreparedPiece, PreparingJob } from './preparing-thread';

/** Path of the built thread, see `runPreparingThread`; where none is provided, everything is prepared in this thread. */
export const PREPARING_THREAD = Symbol('PREPARING_THREAD');

/** Shorter texts are prepared here, in a few milliseconds. */
const longText = 100_000;
const idleMs = 60_000;
/** A smaller nursery than Node would take costs nothing here and keeps the thread below 100 MB. */
const nurseryMegabytes = 48;

/** A source on its way into tables and index. */
export interface PreparedSource extends SourceHead {
  /** To be walked once. */
  batches: AsyncIterable<PassageBatch>;
  /** Ends the work, wherever it is; to be called in any case. */
  close(): void;
}

/**
 * Cuts texts into passages and brings these in the form in which tables and index take them. Long texts are prepared in a thread of its own,
 * which starts with the first of them and ends when it has had nothing to do for a minute.
 */
@Injectable()
export class SourcePreparer implements OnApplicationShutdown {
  private thread: Worker | null = null;
  private working = 0;
  private retirement: NodeJS.Timeout | undefined;

  constructor(@Optional() @Inject(PREPARING_THREAD) private readonly threadFile?: string) {}

  /** `isForIndex`: an index takes the passages as they are stored, so their words are wanted. */
  async prepare(source: ExtractedText, isForIndex: boolean): Promise<PreparedSource> {
    return this.threadFile && source.text.length >= longText ? this.prepareThere(source, isForIndex, this.threadFile) : prepareHere(source, isForIndex);
  }

  async onApplicationShutdown(): Promise<void> {
    clearTimeout(this.retirement);
    await this.thread?.terminate();
  }

  private async prepareThere(source: ExtractedText, isForIndex: boolean, file: string): Promise<PreparedSource> {
    const { port1: line, port2 } = new MessageChannel();
    const pieces = new Pieces(line);
    this.begin(file).postMessage({ source, isForIndex, line: port2 } satisfies PreparingJob, [port2]);
    let isOpen = true;
    const end = (): void => {
      if (isOpen) this.done();
      isOpen = false;
      line.close();
    };
    try {
      const first = await pieces.next();
      if (first.type !== 'head') throw new TypeError(`The thread that prepares sources began with ${first.type}.`);
      return { ...first.head, batches: batchesOf(pieces), close: end };
    } catch (error) {
      end();
      throw error;
    }
  }

  private begin(file: string): Worker {
    clearTimeout(this.retirement);
    this.working += 1;
    if (this.thread) return this.thread;
    const thread = new Worker(file, { resourceLimits: { maxYoungGenerationSizeMb: nurseryMegabytes } });
    // Those who wait for it hear that their line is closed.
    thread.on('error', () => undefined);
    thread.once('exit', () => {
      if (this.thread === thread) this.thread = null;
    });
    thread.unref();
    return (this.thread = thread);
  }

  private done(): void {
    this.working -= 1;
    if (this.working > 0) return;
    this.retirement = setTimeout(() => void this.thread?.terminate(), idleMs).unref();
  }
}

async function prepareHere(source: ExtractedText, isForIndex: boolean): Promise<PreparedSource> {
  const head = describeSource(source);
  return { ...head, batches: inTurns(preparePassages(source, head.language, isForIndex)), close: () => undefined };
}

/** Others have their turn after each batch. */
async function* inTurns(batches: Iterable<PassageBatch>): AsyncGenerator<PassageBatch, void> {
  for (const batch of batches) {
    yield batch;
    await new Promise<void>((resume) => setImmediate(resume));
  }
}

async function* batchesOf(pieces: Pieces): AsyncGenerator<PassageBatch, void> {
  for (let piece = await pieces.next(); piece.type !== 'end'; piece = await pieces.next()) {
    if (piece.type !== 'batch') throw new TypeError(`The thread that prepares sources sent ${piece.type} among its batches.`);
    pieces.taken();
    yield piece.batch;
  }
}

/** What comes over a line, in order. */
class Pieces {
  private readonly arrived: PreparedPiece[] = [];
  private isClosed = false;
  private heard = (): void => undefined;

  constructor(private readonly line: MessagePort) {
    line.on('message', (piece: PreparedPiece) => {
      this.arrived.push(piece);
      this.heard();
    });
    line.on('close', () => {
      this.isClosed = true;
      this.heard();
    });
  }

  /** Throws what went wrong there, also where the thread has ended. */
  async next(): Promise<PreparedPiece> {
    while (this.arrived.length === 0 && !this.isClosed) await new Promise<void>((resume) => (this.heard = resume));
    const piece = this.arrived.shift();
    if (!piece) throw new Error('The thread that prepares sources has ended.');
    if (piece.type === 'failed') throw piece.error;
    return piece;
  }

  taken(): void {
    this.line.postMessage('taken');
  }
}
