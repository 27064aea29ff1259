import { ExtractionError, TextExtractor, type ExtractedText } from '@docent/ports';
import { bundleExtractionChild } from './bundle-extraction-child';
import type { PackedLines } from './pack-lines';
import { ReadingProcess, type ReadingLimits } from './reading-process';

export interface TextExtractorOptions extends Partial<ReadingLimits> {
  /** The built entry that calls `runExtractionChild`; without it the entry is built from source (tests, development). */
  workerPath?: string;
  /** Files read at the same time; more of them wait. */
  processes?: number;
}

/** So many files go through one process before it is replaced, whatever its memory looks like. */
const filesPerProcess = 100;
const idleMs = 60_000;
const replaceAfterMs = 1_000;
/** A few hundred pages of text. */
const longPdfBytes = 512 * 1024;

interface Reader {
  process: ReadingProcess;
  filesRead: number;
  retirement?: NodeJS.Timeout;
}

/**
 * Reads PDF, Word, HTML, Markdown, text and CSV in processes of their own, each with limits on memory, time and output. A file
 * that breaks its process fails alone (`file_too_complex`); the next one gets a fresh process. Processes start on the first
 * file, stay warm for a minute, and do not keep this process from ending. Call {@link close} at the end.
 */
export class ChildProcessTextExtractor extends TextExtractor {
  private readonly limits: ReadingLimits;
  private readonly capacity: number;
  private readonly workerPath: string | undefined;
  private readonly idle: Reader[] = [];
  private readonly busy = new Set<ReadingProcess>();
  private readonly waiting: (() => void)[] = [];
  private isClosed = false;

  constructor(options: TextExtractorOptions = {}) {
    super();
    this.workerPath = options.workerPath;
    this.capacity = options.processes ?? 1;
    this.limits = {
      timeoutMs: options.timeoutMs ?? 30_000,
      maxMemoryGrowthBytes: options.maxMemoryGrowthBytes ?? 340 * 1024 * 1024,
      maxHeapMegabytes: options.maxHeapMegabytes ?? 260,
      maxOutputCharacters: options.maxOutputCharacters ?? 20_000_000,
    };
  }

  async extract(content: Uint8Array, fileName: string, signal: AbortSignal): Promise<ExtractedText> {
    await this.waitForTurn(signal);
    const reader = await this.take();
    const ended = new AbortController();
    try {
      const help =
        this.isLongPdf(content) && this.takeFreeTurn()
          ? this.readHalf(content, AbortSignal.any([signal, ended.signal]))
          : undefined;
      return await reader.process.read(content, fileName, signal, help);
    } catch (error) {
      throw signal.aborted || this.isClosed ? cancelled() : error;
    } finally {
      ended.abort();
      void this.giveBack(reader);
    }
  }

  /** Worth a second process, where one has nothing to do. */
  private isLongPdf(content: Uint8Array): boolean {
    return content.length >= longPdfBytes && Buffer.from(content.buffer, content.byteOffset, 1024).includes('%PDF-');
  }

  /** Null where it does not manage: the other process then reads on alone, within its own limits. */
  private async readHalf(content: Uint8Array, signal: AbortSignal): Promise<PackedLines | null> {
    const reader = await this.take().catch(() => null);
    if (!reader) return null;
    try {
      return await reader.process.readHalf(content, signal);
    } catch {
      return null;
    } finally {
      void this.giveBack(reader);
    }
  }

  /** Ends all processes; files that wait or are being read are `cancelled`, and so are later ones. */
  close(): Promise<void> {
    this.isClosed = true;
    for (const process of this.busy) process.kill();
    for (let reader = this.takeIdle(); reader; reader = this.takeIdle()) reader.process.kill();
    for (const start of this.waiting.splice(0)) start();
    return Promise.resolve();
  }

  private taken = 0;

  private async waitForTurn(signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.isClosed) throw cancelled();
    if (this.takeFreeTurn()) return;
    await new Promise<void>((resolve, reject) => {
      const start = (): void => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = (): void => {
        this.waiting.splice(this.waiting.indexOf(start), 1);
        reject(cancelled());
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.waiting.push(start);
    });
    if (this.isClosed) throw cancelled();
  }

  private takeFreeTurn(): boolean {
    if (this.taken >= this.capacity) return false;
    this.taken += 1;
    return true;
  }

  private async take(): Promise<Reader> {
    try {
      const reader = this.takeIdle() ?? { process: new ReadingProcess(await this.entry(), this.limits), filesRead: 0 };
      this.busy.add(reader.process);
      return reader;
    } catch (error) {
      this.passTurnOn();
      throw error;
    }
  }

  private takeIdle(): Reader | undefined {
    for (let reader = this.idle.pop(); reader; reader = this.idle.pop()) {
      clearTimeout(reader.retirement);
      if (reader.process.isAlive) return reader;
    }
    return undefined;
  }

  private async entry(): Promise<string> {
    const path = this.workerPath ?? (await bundleExtractionChild());
    if (this.isClosed) throw cancelled();
    return path;
  }

  /**
   * A process that grew much or served long is replaced, so that the next file does not wait for the start; one that has nothing to do
   * gives its memory back after a while.
   */
  private async giveBack(reader: Reader): Promise<void> {
    const { process } = reader;
    reader.filesRead += 1;
    const isWorn =
      !process.isAlive || this.isClosed || reader.filesRead >= filesPerProcess || (await process.isBloated().catch(() => true));
    this.busy.delete(process);
    if (!isWorn) this.rest(reader);
    else {
      process.kill();
      // Starting takes processor time that the passages of the file just read need now.
      setTimeout(() => void this.replace(), replaceAfterMs).unref();
    }
    this.passTurnOn();
  }

  private async replace(): Promise<void> {
    const entry = await this.entry().catch(() => null);
    const processes = this.idle.length + this.busy.size;
    if (entry !== null && processes < this.capacity) this.rest({ process: new ReadingProcess(entry, this.limits), filesRead: 0 });
  }

  private rest(reader: Reader): void {
    this.idle.push(reader);
    reader.retirement = setTimeout(() => {
      this.idle.splice(this.idle.indexOf(reader), 1);
      reader.process.kill();
    }, idleMs).unref();
  }

  private passTurnOn(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.taken -= 1;
  }
}

function cancelled(): ExtractionError {
  return new ExtractionError('cancelled', 'Reading was cancelled.');
}
