import type { Logger } from 'pino';

const firstRetryMs = 5_000;
const retries = 6;

/** Work that goes on behind: what fails is tried again later, less and less often, and said in the log. */
export class BackgroundWork {
  private readonly running = new Set<Promise<void>>();
  private readonly waiting = new Set<NodeJS.Timeout>();
  private isEnding = false;

  constructor(private readonly logger: Logger) {}

  /** Starts at once. The promise is of the first try, and never rejects. */
  start(subject: string, work: () => Promise<void>, attempt = 0): Promise<void> {
    const tried = work().catch((error: unknown) => {
      if (this.isEnding) return;
      this.logger.warn({ err: error, attempt }, `${subject}: failed`);
      if (attempt < retries) this.later(firstRetryMs * 3 ** attempt, () => this.start(subject, work, attempt + 1));
    });
    this.running.add(tried);
    void tried.then(() => this.running.delete(tried));
    return tried;
  }

  /** The result, or undefined where the work fails or takes longer. */
  async within<T>(timeoutMs: number, work: () => Promise<T>): Promise<T | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => (timer = setTimeout(resolve, timeoutMs, undefined)));
    const result = work().catch((error: unknown) => void this.logger.warn({ err: error }, 'A question got no vector'));
    try {
      return (await Promise.race([result, late])) ?? undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Nothing is tried again; what runs is waited for. */
  async end(): Promise<void> {
    this.isEnding = true;
    for (const timer of this.waiting) clearTimeout(timer);
    await Promise.all(this.running);
  }

  private later(delayMs: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.waiting.delete(timer);
      work();
    }, delayMs);
    timer.unref();
    this.waiting.add(timer);
  }
}
