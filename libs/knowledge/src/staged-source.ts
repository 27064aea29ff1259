import type { StoredChunk } from './store-snapshot';

/** What a staged source does to the index; all of it happens one after the other. */
export interface StagedWork {
  put(chunks: StoredChunk[]): Promise<void>;
  count(): Promise<number>;
  remove(): Promise<void>;
  tell(passages: number): Promise<void>;
}

/**
 * A source whose passages go into the index of this process while their transaction is still running. Until it commits, no search shows
 * them, because the text of whatever is found is read from the tables. It ends with {@link publish} or {@link undo}.
 */
export class StagedSource {
  private readonly puts: Promise<void>[] = [];

  constructor(private readonly work: StagedWork) {}

  /** Until these passages are in; what goes wrong is said by {@link isWhole}. */
  async add(chunks: StoredChunk[]): Promise<void> {
    const put = this.work.put(chunks);
    this.puts.push(put);
    await put.catch(() => undefined);
  }

  /** Whether the index holds so many passages of the source; it can have been dropped meanwhile, and then it is to be fed from the tables. */
  async isWhole(expected: number): Promise<boolean> {
    const results = await Promise.allSettled(this.puts);
    return results.every(({ status }) => status === 'fulfilled') && (await this.work.count()) === expected;
  }

  /** After the commit: others hear of it, and vectors follow. Says false, and does nothing, where the index does not hold all of it. */
  async publish(expected: number): Promise<boolean> {
    if (!(await this.isWhole(expected))) return false;
    await this.work.tell(expected);
    return true;
  }

  /** The transaction was rolled back. */
  async undo(): Promise<void> {
    await Promise.allSettled(this.puts);
    await this.work.remove();
  }
}
