import { fork, type ChildProcess } from 'node:child_process';
import { ExtractionError, type ExtractedText } from '@docent/ports';
import { cleanLongText } from './clean-long-text';
import type { ExtractionAnswer, ExtractionJob, ExtractionReply, HelpMessage } from './messages';
import type { PackedLines } from './pack-lines';
import { Patience } from './patience';
import { residentBytes } from './process-memory';
import { readableFolders } from './readable-folders';
import { sampleBytes } from './sniff-type';
import { isVisible } from './text-builder';

export interface ReadingLimits {
  /** Of processor time where it can be told, so that a busy machine refuses no file that a free one reads; see {@link Patience}. */
  timeoutMs: number;
  /** Growth of the process over its size when idle; measured from outside, because buffers are no part of the heap. */
  maxMemoryGrowthBytes: number;
  maxHeapMegabytes: number;
  maxOutputCharacters: number;
}

const watchEveryMs = 20;
/** What parsers and the last file may leave behind. */
const idleGrowthBytes = 80 * 1024 * 1024;
const startTimeoutMs = 30_000;
/** Shorter files travel faster than they are asked about. */
const plainFromBytes = 512 * 1024;

/**
 * One process that reads files, one at a time. It has an empty environment, may read the folders of its own code and nothing
 * else, writes nowhere and starts nothing. Over a limit, on abort, or when it stops answering it is killed.
 */
export class ReadingProcess {
  private readonly child: ChildProcess;
  private readonly ready: Promise<number>;
  private nextId = 1;
  isAlive = true;

  constructor(
    workerPath: string,
    private readonly limits: ReadingLimits,
  ) {
    this.child = fork(workerPath, [], {
      env: {},
      execArgv: [...heapFlags(limits.maxHeapMegabytes), '--permission', ...readableFolders(workerPath), '--no-warnings'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.child.unref();
    this.child.channel?.unref();
    this.child.once('exit', () => (this.isAlive = false));
    this.child.on('error', () => this.kill());
    this.ready = this.waitUntilReady();
    this.ready.catch(() => this.kill());
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /**
   * Throws `ExtractionError`; whenever the process itself failed or was stopped, `isAlive` is false afterwards. `help` brings the later
   * half of a PDF's pages, which another process reads meanwhile.
   */
  async read(
    content: Uint8Array,
    fileName: string,
    signal: AbortSignal,
    help?: Promise<PackedLines | null>,
  ): Promise<ExtractedText> {
    const { maxOutputCharacters } = this.limits;
    const plain = await this.readPlain(content, fileName, signal);
    if (plain) return plain;
    const job = {
      type: 'read',
      id: this.nextId++,
      fileName,
      content,
      maxOutputCharacters,
      isHelped: help !== undefined,
    } as const;
    const reply = await this.run(job, signal, help);
    if (reply.type === 'same') return { ...reply.text, text: new TextDecoder().decode(content) };
    if (reply.type === 'text') return reply.text;
    throw new TypeError(`A reading process answered with ${reply.type}.`);
  }

  /** The lines of the later half of a PDF's pages. */
  async readHalf(content: Uint8Array, signal: AbortSignal): Promise<PackedLines> {
    const reply = await this.run({ type: 'readHalf', id: this.nextId++, content }, signal);
    if (reply.type === 'half') return reply.lines;
    throw new TypeError(`A reading process answered with ${reply.type}.`);
  }

  /**
   * A long plain text in UTF-8 needs no parser once its start has been judged, and then need not travel there and back. Null for
   * everything that is not exactly that.
   */
  private async readPlain(content: Uint8Array, fileName: string, signal: AbortSignal): Promise<ExtractedText | null> {
    if (content.length < plainFromBytes) return null;
    const reply = await this.run(
      { type: 'look', id: this.nextId++, fileName, content: content.subarray(0, sampleBytes) },
      signal,
    ).catch((error: unknown) => {
      // What it does not like at the start it says again, and better, about the whole.
      if (!this.isAlive) throw error;
      return null;
    });
    const decoded = reply?.type === 'same' ? decodeStrictly(content) : null;
    if (reply?.type !== 'same' || decoded === null) return null;
    const text = await cleanLongText(decoded);
    signal.throwIfAborted();
    return isVisible(text) && text.length <= this.limits.maxOutputCharacters ? { ...reply.text, text } : null;
  }

  /** Whether it still holds so much memory after a file that the next one should get a fresh process. */
  async isBloated(): Promise<boolean> {
    const bytes = this.pid === undefined ? null : await residentBytes(this.pid);
    return bytes !== null && bytes > (await this.ready) + idleGrowthBytes;
  }

  kill(): void {
    this.isAlive = false;
    this.child.kill('SIGKILL');
  }

  private async run(job: ExtractionJob, signal: AbortSignal, help?: Promise<PackedLines | null>): Promise<ExtractionAnswer> {
    const idleBytes = await this.ready;
    signal.throwIfAborted();
    const answer = this.exchange(job, idleBytes, signal);
    // Sent behind the job that it is for.
    void help?.then(
      (lines) => this.isAlive && this.child.send({ type: 'half', id: job.id, lines } satisfies HelpMessage, () => undefined),
    );
    const reply = await answer;
    if (reply.type === 'error') throw new ExtractionError(reply.code, reply.message);
    return reply;
  }

  private exchange(job: ExtractionJob, idleBytes: number, signal: AbortSignal): Promise<ExtractionAnswer> {
    const { child, limits } = this;
    return new Promise((resolve, reject) => {
      const settle = (work: () => void): void => {
        clearTimeout(timer);
        clearInterval(watch);
        child.off('message', onMessage);
        child.off('exit', onExit);
        signal.removeEventListener('abort', onAbort);
        work();
      };
      const stop = (error: Error): void => {
        this.kill();
        settle(() => reject(error));
      };
      const onMessage = (reply: ExtractionReply): void => {
        if (reply.type !== 'ready' && reply.id === job.id) settle(() => resolve(reply));
      };
      const onExit = (): void => settle(() => reject(outOfMemory()));
      const onAbort = (): void => stop(new ExtractionError('cancelled', 'Reading was cancelled.'));
      const patience = new Patience(child.pid ?? 0, limits.timeoutMs);
      const check = (): void => {
        if (!patience.isLeft()) return stop(tooSlow(limits.timeoutMs));
        timer = setTimeout(check, limits.timeoutMs);
      };
      let timer = setTimeout(check, limits.timeoutMs);
      const watch = setInterval(() => {
        void residentBytes(child.pid ?? 0).then((bytes) => {
          if (bytes !== null && bytes - idleBytes > limits.maxMemoryGrowthBytes && this.isAlive) stop(outOfMemory());
        });
      }, watchEveryMs);
      child.on('message', onMessage);
      child.once('exit', onExit);
      signal.addEventListener('abort', onAbort, { once: true });
      if (!this.isAlive) return onExit();
      child.send(job, (error) => error && stop(outOfMemory()));
    });
  }

  /** Resident memory once the process has started and waits for files. */
  private waitUntilReady(): Promise<number> {
    const { child } = this;
    return new Promise((resolve, reject) => {
      const fail = (): void => reject(new Error('The process that reads files does not start. Was it built?'));
      const timer = setTimeout(fail, startTimeoutMs);
      child.once('exit', fail);
      child.once('message', () => {
        clearTimeout(timer);
        child.off('exit', fail);
        residentBytes(child.pid ?? 0).then((bytes) => resolve(bytes ?? 0), reject);
      });
    });
  }
}

/**
 * Half the nursery that Node would take: a quarter of it cost PDF files 15 % of their time for 15 MB. And old objects are collected from the
 * start, not when the heap is half full: pages of a PDF leave much behind.
 */
function heapFlags(megabytes: number): string[] {
  return [
    `--max-old-space-size=${megabytes}`,
    '--max-semi-space-size=16',
    '--initial-old-space-size=48',
    '--heap-growing-percent=30',
  ];
}

/** Null where the bytes are not UTF-8 throughout. */
function decodeStrictly(content: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return null;
  }
}

function outOfMemory(): ExtractionError {
  return new ExtractionError('file_too_complex', 'Reading this file takes more memory than allowed.');
}

function tooSlow(timeoutMs: number): ExtractionError {
  return new ExtractionError('file_too_complex', `Reading this file takes longer than ${timeoutMs / 1000} seconds.`);
}
