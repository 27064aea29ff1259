import { randomUUID } from 'node:crypto';
import type { TenantContext } from '@docent/platform';
import type { Embedder, KnowledgeEmbedder, KnowledgeIndex } from '@docent/ports';
import { buildQuery } from '../build-query';
import type { StoredChunk } from '../sources.repository';
import { toText } from './bot-vectors';
import type { Found } from './learn-note';

/** A question, and the passages that answer it. */
export interface GateQuestion {
  question: string;
  gold: ReadonlySet<string>;
  /** Made from a heading, not asked by anybody. */
  isMade: boolean;
}

export interface GateFindings {
  own: Found | null;
  made: Found | null;
}

/** Passages that are put into the trial index at once. */
const pageSize = 250;
const depth = 10;
const firstFew = 5;
/** What places may be lost where more questions are found, in mean of 1/rank. */
const priceOfMore = 0.02;
/** Questions made from headings may move by chance: the words alone find most of them anyway. */
const madeTolerance = 0.01;

/** A bot's knowledge under another id, to see what its questions would find with other rows before anybody searches with them. */
export class LearnTrial {
  private readonly trialId = randomUUID();

  private constructor(
    private readonly ctx: TenantContext,
    private readonly index: KnowledgeIndex,
    private readonly embedder: Embedder,
    private readonly passages: StoredChunk[],
  ) {}

  /** Puts the passages in, runs `work` and takes all of it away again. */
  static async run<T>(
    { ctx, index, embedder, passages }: { ctx: TenantContext; index: KnowledgeIndex; embedder: Embedder; passages: StoredChunk[] },
    work: (trial: LearnTrial) => Promise<T>,
  ): Promise<T> {
    const trial = new LearnTrial(ctx, index, embedder, passages);
    try {
      await trial.open();
      return await work(trial);
    } finally {
      await index.removeBot(ctx, trial.trialId);
    }
  }

  /** What the questions find with these rows; `version` tells the sets of vectors apart. */
  async find(version: number, weights: Uint8Array, rows: Uint8Array | null, questions: GateQuestion[], signal: AbortSignal): Promise<GateFindings> {
    const knowledge = this.embedder.forKnowledge(this.ctx, this.trialId, { version, weights, rows });
    for (const page of pagesOf(this.passages)) {
      signal.throwIfAborted();
      const vectors = await knowledge.embedPassages(page.map(toText));
      const entries = page.map(({ id }, at) => ({ chunkId: id, vectors: vectors[at]! }));
      await this.index.putVectors(this.ctx, this.trialId, knowledge.set, entries);
    }
    await this.index.switchVectors(this.ctx, this.trialId, knowledge.set);
    const ranks: { isMade: boolean; rank: number | null }[] = [];
    for (const question of questions) {
      signal.throwIfAborted();
      ranks.push({ isMade: question.isMade, rank: await this.rankOf(question, knowledge) });
    }
    return { own: foundOf(ranks.filter(({ isMade }) => !isMade)), made: foundOf(ranks.filter(({ isMade }) => isMade)) };
  }

  private async open(): Promise<void> {
    await this.index.open(this.ctx, this.trialId);
    for (const page of pagesOf(this.passages))
      await this.index.put(
        this.ctx,
        this.trialId,
        page.map(({ id, sourceId, title, headings, body, language }) => ({ chunkId: id, sourceId, title, headings, text: body, language })),
      );
  }

  private async rankOf({ question, gold }: GateQuestion, knowledge: KnowledgeEmbedder): Promise<number | null> {
    const { text, context } = buildQuery(question, []);
    const vector = { set: knowledge.set, ...(await knowledge.embedQuestion(text, context)) };
    const matches = await this.index.search(this.ctx, this.trialId, { text, context, vector, limit: depth });
    const at = matches.findIndex(({ chunkId }) => gold.has(chunkId));
    return at < 0 ? null : at + 1;
  }
}

/**
 * Whether nothing is found worse: the bot's own questions strictly, those made from headings but for what chance moves. Where more are found,
 * those that were found before may stand a little further down.
 */
export function passesGate(before: GateFindings, after: GateFindings): boolean {
  return isNoWorse(before.own, after.own, 0) && isNoWorse(before.made, after.made, madeTolerance);
}

function isNoWorse(before: Found | null, after: Found | null, tolerance: number): boolean {
  if (!before || !after) return true;
  const rounding = 1e-9;
  const mayFall = after.recall > before.recall + rounding ? Math.max(tolerance, priceOfMore) : tolerance;
  return after.recall >= before.recall - tolerance - rounding && after.mrr >= before.mrr - mayFall - rounding;
}

function foundOf(ranks: { rank: number | null }[]): Found | null {
  if (ranks.length === 0) return null;
  const mean = (value: (rank: number) => number) => ranks.reduce((sum, { rank }) => sum + (rank === null ? 0 : value(rank)), 0) / ranks.length;
  return { recall: mean((rank) => Number(rank <= firstFew)), mrr: mean((rank) => 1 / rank) };
}

function* pagesOf(passages: StoredChunk[]): Generator<StoredChunk[]> {
  for (let from = 0; from < passages.length; from += pageSize) yield passages.slice(from, from + pageSize);
}
