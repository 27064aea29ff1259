import { ApiError } from '../../api/api-error';

export interface UploadItem {
  id: number;
  name: string;
  sizeBytes: number;
  state: 'waiting' | 'sending' | 'failed';
  /** Share of the bytes sent, 0 to 1. */
  share: number;
  error?: string;
}

/** Sends one file; rejects with the reason. */
export type SendFile = (file: File, onProgress: (share: number) => void, signal: AbortSignal) => Promise<unknown>;

interface Entry {
  item: UploadItem;
  file: File;
  abort: AbortController;
}

const longestWaitSeconds = 60;

/**
 * Sends many files, a few at a time. Files that arrived leave the queue; those that failed stay with their reason.
 * When the server says that it is too much at once, the file waits as long as it was told and goes again.
 */
export class UploadQueue {
  private entries: Entry[] = [];
  private items: readonly UploadItem[] = [];
  private readonly listeners = new Set<() => void>();
  private nextId = 1;

  constructor(
    private readonly send: SendFile,
    private readonly parallel = 3,
    private readonly pause: (seconds: number) => Promise<void> = (seconds) =>
      new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
  ) {}

  add(files: readonly File[]): void {
    for (const file of files) {
      const item: UploadItem = { id: this.nextId++, name: file.name, sizeBytes: file.size, state: 'waiting', share: 0 };
      this.entries.push({ item, file, abort: new AbortController() });
    }
    this.changed();
    this.startNext();
  }

  /** Takes a file out, stopping it when it is on its way. */
  remove(id: number): void {
    this.entries.find(({ item }) => item.id === id)?.abort.abort();
    this.entries = this.entries.filter(({ item }) => item.id !== id);
    this.changed();
    this.startNext();
  }

  retry(id: number): void {
    const entry = this.entries.find(({ item }) => item.id === id);
    if (!entry || entry.item.state !== 'failed') return;
    this.update(entry, { state: 'waiting', share: 0, error: undefined });
    this.startNext();
  }

  /** The same array until something changes, as `useSyncExternalStore` needs it. */
  readonly snapshot = (): readonly UploadItem[] => this.items;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private startNext(): void {
    const sending = this.entries.filter(({ item }) => item.state === 'sending').length;
    const waiting = this.entries.filter(({ item }) => item.state === 'waiting');
    for (const entry of waiting.slice(0, Math.max(0, this.parallel - sending))) void this.run(entry);
  }

  private async run(entry: Entry): Promise<void> {
    this.update(entry, { state: 'sending' });
    try {
      await this.sendPatiently(entry);
      this.entries = this.entries.filter((other) => other !== entry);
      this.changed();
    } catch (error) {
      if (!entry.abort.signal.aborted)
        this.update(entry, { state: 'failed', error: error instanceof Error ? error.message : String(error) });
    }
    this.startNext();
  }

  private async sendPatiently(entry: Entry): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.send(entry.file, (share) => this.update(entry, { share }), entry.abort.signal);
        return;
      } catch (error) {
        const mayWait = error instanceof ApiError && error.code === 'rate_limited' && attempt < 6;
        if (!mayWait || entry.abort.signal.aborted) throw error;
        await this.pause(Math.min(error.retryAfterSeconds ?? attempt * 2, longestWaitSeconds));
      }
    }
  }

  private update(entry: Entry, change: Partial<UploadItem>): void {
    entry.item = { ...entry.item, ...change };
    this.changed();
  }

  private changed(): void {
    this.items = this.entries.map(({ item }) => item);
    for (const listener of this.listeners) listener();
  }
}
