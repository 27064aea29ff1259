import type { TenantContext } from '@docent/platform';
import type { KnowledgeEmbedder, KnowledgeIndex, KnowledgeText, PassageVectors } from '@docent/ports';
import type { SourcesRepository, StoredChunk } from '../sources.repository';
import type { PassageVectorsRepository } from './passage-vectors.repository';

/** Passages that are read at once. */
const pageSize = 250;
/** Passages that are embedded at once: what was made of so many may be lost when the process ends. */
const embeddedAtOnce = 64;
/** An empty set, in use while the very first one is made: that would be seen as it grows, and after a sudden end taken for whole. */
const unfinished = 'unfinished';
const firstId = '00000000-0000-0000-0000-000000000000';

/** The vectors of one bot's passages on their way into the index: those in use, and another set growing beside them. */
export class BotVectors {
  /** What questions are embedded with; null until all passages have its vectors. */
  inUse: KnowledgeEmbedder | null = null;
  private growing: KnowledgeEmbedder | null = null;
  /** Counts up with every rebuilding: an earlier one that is still running ends. */
  private attempt = 0;
  private grown = 0;
  private covering = 0;
  private readonly dropped = new AbortController();

  constructor(
    private readonly index: KnowledgeIndex,
    private readonly sources: SourcesRepository,
    private readonly botId: string,
    /** Where vectors outlive the process; null: they are made anew as fast as they are read, or the index keeps them itself. */
    private readonly kept: PassageVectorsRepository | null,
  ) {}

  /** Passages that have vectors of the set that is growing; null: none is. */
  get made(): number | null {
    return this.growing && this.grown;
  }

  get isGrowing(): boolean {
    return this.growing !== null;
  }

  /** Whether passages of a source are still waiting for theirs. */
  get isCovering(): boolean {
    return this.covering > 0;
  }

  /** Gives all passages vectors of this set and switches searches to it. Says false where it was overtaken by another one. */
  async rebuild(ctx: TenantContext, wanted: KnowledgeEmbedder): Promise<boolean> {
    const attempt = ++this.attempt;
    this.growing = wanted;
    this.grown = 0;
    try {
      if ((await this.index.vectorSet(ctx, this.botId)) === null) await this.index.switchVectors(ctx, this.botId, unfinished);
      const isDone = await this.eachPage(ctx, undefined, async (page) => {
        if (attempt !== this.attempt) return false;
        await this.put(ctx, wanted, page, (count) => (this.grown += count));
        return true;
      });
      if (!isDone || attempt !== this.attempt) return false;
      await this.index.switchVectors(ctx, this.botId, wanted.set);
      this.inUse = wanted;
      return true;
    } finally {
      if (attempt === this.attempt) this.growing = null;
    }
  }

  /** Gives the passages of one source vectors: of the set in use, of the one that is growing, and of the one that will. */
  async cover(ctx: TenantContext, sourceId: string, wanted: KnowledgeEmbedder): Promise<void> {
    const sets = new Map([wanted, this.growing, this.inUse].flatMap((knowledge) => (knowledge ? [[knowledge.set, knowledge]] : [])));
    this.covering += 1;
    try {
      await this.eachPage(ctx, sourceId, async (page) => {
        for (const knowledge of sets.values()) await this.put(ctx, knowledge, page);
        return true;
      });
    } finally {
      this.covering -= 1;
    }
  }

  /** Passages of a source are on their way, and {@link cover} will be asked for them. Returns what ends that. */
  expect(): () => void {
    this.covering += 1;
    let isOpen = true;
    return () => {
      if (isOpen) this.covering -= 1;
      isOpen = false;
    };
  }

  /** Whatever runs ends now, also where a model is still being waited for, and nothing is begun any more. */
  drop(): void {
    this.attempt++;
    this.dropped.abort();
    this.growing = null;
    this.inUse = null;
  }

  private async put(ctx: TenantContext, knowledge: KnowledgeEmbedder, page: StoredChunk[], report?: (count: number) => void): Promise<void> {
    for (let at = 0; at < page.length; at += embeddedAtOnce) {
      const some = page.slice(at, at + embeddedAtOnce);
      const making = this.kept ? this.keptOrMade(ctx, this.kept, knowledge, some) : knowledge.embedPassages(some.map(toText));
      const vectors = await unlessAborted(making, this.dropped.signal);
      if (!vectors) return;
      await this.index.putVectors(
        ctx,
        this.botId,
        knowledge.set,
        some.map(({ id }, place) => ({ chunkId: id, vectors: vectors[place]! })),
      );
      report?.(some.length);
    }
  }

  private async keptOrMade(ctx: TenantContext, kept: PassageVectorsRepository, knowledge: KnowledgeEmbedder, page: StoredChunk[]): Promise<PassageVectors[]> {
    const known = await kept.find(
      ctx,
      knowledge.set,
      page.map(({ id }) => id),
    );
    const missing = page.filter(({ id }) => !known.has(id));
    const made = missing.length > 0 ? await knowledge.embedPassages(missing.map(toText)) : [];
    const fresh = missing.map(({ id }, at) => ({ chunkId: id, vector: made[at]!.whole }));
    if (fresh.length > 0) await kept.store(ctx, knowledge.set, fresh);
    for (const { chunkId, vector } of fresh) known.set(chunkId, vector);
    return page.map(({ id }) => ({ whole: known.get(id)!, windows: [] }));
  }

  /** Until `work` says stop; says whether it got to the end. */
  private async eachPage(ctx: TenantContext, sourceId: string | undefined, work: (page: StoredChunk[]) => Promise<boolean>): Promise<boolean> {
    for await (const page of pagesOf(this.sources, ctx, this.botId, sourceId)) if (!(await work(page))) return false;
    return true;
  }
}

/** A bot's stored passages, page by page; of one source only where it is given. */
export async function* pagesOf(sources: SourcesRepository, ctx: TenantContext, botId: string, sourceId?: string): AsyncGenerator<StoredChunk[]> {
  for (let after = firstId; ; ) {
    const page = await sources.chunksAfter(ctx, botId, after, pageSize, sourceId);
    if (page.length > 0) yield page;
    if (page.length < pageSize) return;
    after = page.at(-1)!.id;
  }
}

/** The result, or null as soon as the signal is given, whatever becomes of the work. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const stop = () => resolve(null);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** A stored passage as an embedder reads it. */
export function toText({ title, headings, body }: Pick<StoredChunk, 'title' | 'headings' | 'body'>): KnowledgeText {
  return { title: [title, ...headings].join('\n'), text: body };
}
