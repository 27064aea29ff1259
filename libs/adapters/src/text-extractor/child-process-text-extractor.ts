import { ExtractionError, TextExtractor, type ExtractedText } from '@docent/ports';
import { bundleExtractionChild } from './bundle-extraction-child';
import { ReadingProcess, type ReadingLimits } from './reading-process';

export interface TextExtractorOptions extends Partial<ReadingLimits> {
  /** The built entry that calls `runExtractionChild`; without it the entry is built from source (tests, development). */
  workerPath?: string;
  /** Files read at the same time; more of them wait. */
  processes?: number;
}

/** So many files go through one process before it is replaced, whatever its memory looks like. */
const filesPerProcess = 100;

/**
 * Reads PDF, Word, HTML, Markdown, text and CSV in processes of their own, each with limits on memory, time and output. A file
 * that breaks its process fails alone (`file_too_complex`); the next one gets a fresh process. Processes start on the first
 * file and stay warm. Call {@link close} at the end.
 */
export class ChildProcessTextExtractor extends TextExtractor {
  private readonly limits: ReadingLimits;
  private readonly capacity: number;
  private readonly workerPath: string | undefined;
  private readonly idle: { process: ReadingProcess; filesRead: number }[] = [];
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
    try {
      return await reader.process.read(content, fileName, signal);
    } catch (error) {
      throw signal.aborted || this.isClosed ? cancelled() : error;
    } finally {
      await this.giveBack(reader);
    }
  }

  /** Ends all processes; files that wait or are being read are `cancelled`, and so are later ones. */
  close(): Promise<void> {
    this.isClosed = true;
    for (const process of this.busy) process.kill();
    for (const { process } of this.idle.splice(0)) process.kill();
    for (const start of this.waiting.splice(0)) start();
    return Promise.resolve();
  }

  private taken = 0;

  private async waitForTurn(signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.isClosed) throw cancelled();
    if (this.taken < this.capacity) {
      this.taken += 1;
      return;
    }
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

  private async take(): Promise<{ process: ReadingProcess; filesRead: number }> {
    let reader = this.idle.pop();
    while (reader && !reader.process.isAlive) reader = this.idle.pop();
    try {
      reader ??= { process: new ReadingProcess(this.workerPath ?? (await bundleExtractionChild()), this.limits), filesRead: 0 };
    } catch (error) {
      this.passTurnOn();
      throw error;
    }
    this.busy.add(reader.process);
    return reader;
  }

  /** A process that grew much or served long is replaced. */
  private async giveBack(reader: { process: ReadingProcess; filesRead: number }): Promise<void> {
    const { process } = reader;
    const filesRead = reader.filesRead + 1;
    const isWorn =
      !process.isAlive || this.isClosed || filesRead >= filesPerProcess || (await process.isBloated().catch(() => true));
    if (isWorn) process.kill();
    else this.idle.push({ process, filesRead });
    this.busy.delete(process);
    this.passTurnOn();
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
