import { fork, type ChildProcess } from 'node:child_process';
import { ExtractionError, type ExtractedText } from '@docent/ports';
import type { ExtractionJob, ExtractionReply } from './messages';
import { processorMs, residentBytes } from './process-memory';
import { readableFolders } from './readable-folders';

export interface ReadingLimits {
  /** Of processor time where it can be told, so that a busy machine refuses no file that a free one reads; of the clock, four times as long. */
  timeoutMs: number;
  /** Growth of the process over its size when idle; measured from outside, because buffers are no part of the heap. */
  maxMemoryGrowthBytes: number;
  maxHeapMegabytes: number;
  maxOutputCharacters: number;
}

const watchEveryMs = 20;
const clockTimeouts = 4;
/** What parsers and the last file may leave behind. */
const idleGrowthBytes = 80 * 1024 * 1024;
const startTimeoutMs = 30_000;

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

  /** Throws `ExtractionError`; whenever the process itself failed or was stopped, `isAlive` is false afterwards. */
  async read(content: Uint8Array, fileName: string, signal: AbortSignal): Promise<ExtractedText> {
    const idleBytes = await this.ready;
    signal.throwIfAborted();
    const job: ExtractionJob = { id: this.nextId++, fileName, content, maxOutputCharacters: this.limits.maxOutputCharacters };
    const reply = await this.run(job, idleBytes, signal);
    if (reply.type === 'error') throw new ExtractionError(reply.code, reply.message);
    return reply.type === 'same' ? { ...reply.text, text: new TextDecoder().decode(content) } : reply.text;
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

  private run(job: ExtractionJob, idleBytes: number, signal: AbortSignal): Promise<Exclude<ExtractionReply, { type: 'ready' }>> {
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
      const usedBefore = processorMs(child.pid ?? 0);
      const mayGoOn = (): boolean => {
        const used = processorMs(child.pid ?? 0);
        return used !== null && usedBefore !== null && used - usedBefore < limits.timeoutMs;
      };
      const check = (timeouts: number): void => {
        if (timeouts >= clockTimeouts || !mayGoOn()) return stop(tooSlow(limits.timeoutMs));
        timer = setTimeout(check, limits.timeoutMs, timeouts + 1);
      };
      let timer = setTimeout(check, limits.timeoutMs, 1);
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
 * Half the nursery that Node would take: the collector runs earlier, and a process that reads hundreds of pages stays smaller. A quarter of
 * it cost PDF files 15 % of their time for 15 MB.
 */
function heapFlags(megabytes: number): string[] {
  return [`--max-old-space-size=${megabytes}`, '--max-semi-space-size=16'];
}

function outOfMemory(): ExtractionError {
  return new ExtractionError('file_too_complex', 'Reading this file takes more memory than allowed.');
}

function tooSlow(timeoutMs: number): ExtractionError {
  return new ExtractionError('file_too_complex', `Reading this file takes longer than ${timeoutMs / 1000} seconds.`);
}
