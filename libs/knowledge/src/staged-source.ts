import type { PassageBatch } from './preparing/prepare-source';

/** Passages as the index takes them, with the ids under which they are being stored. */
export interface StagedPassages {
  ids: string[];
  title: string;
  language: string | null;
  batch: Pick<PassageBatch, 'words' | 'texts'>;
}

/** What a staged source does to the index; all of it happens one after the other. */
export interface StagedWork {
  put(passages: StagedPassages): Promise<void>;
  count(): Promise<number>;
  remove(): Promise<void>;
  tell(passages: number): Promise<void>;
  /** Whichever way it ended. */
  end(): void;
}

/**
 * A source whose passages go into the index of this process while their transaction is still running. Until it commits, no search shows
 * them, because the text of whatever is found is read from the tables. It ends with {@link publish} or {@link undo}.
 */
export class StagedSource {
  private readonly puts: Promise<void>[] = [];

  constructor(private readonly work: StagedWork) {}

  /** Until these passages are in; what goes wrong is said by {@link isWhole}. */
  async add(passages: StagedPassages): Promise<void> {
    const put = this.work.put(passages);
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
    const isWhole = await this.isWhole(expected);
    try {
      if (isWhole) await this.work.tell(expected);
    } finally {
      this.work.end();
    }
    return isWhole;
  }

  /** The transaction was rolled back. */
  async undo(): Promise<void> {
    await Promise.allSettled(this.puts);
    await this.work.remove().finally(() => this.work.end());
  }
}
