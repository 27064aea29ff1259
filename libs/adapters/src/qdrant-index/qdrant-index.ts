import {
  KnowledgeIndex,
  type IndexChunk,
  type IndexMatch,
  type IndexQuery,
  type IndexVectors,
  type TenantScope,
} from '@docent/ports';
import { QdrantClient } from '@qdrant/js-client-rest';
import { BotPoints } from './bot-points';
import { fuseMatches, type FoundChunk } from './fuse-matches';
import { PassagePoints } from './passage-points';
import { QuestionReader, type Wording } from './question-reader';
import { coverageOf, rarity, weightsOf } from './question-words';
import { ofChunks, ofOtherSets, ofSource } from './scoped-filter';
import { VectorPoints } from './vector-points';
import { termNumber } from './weigh-terms';

export interface QdrantIndexOptions {
  url: string;
  apiKey?: string;
  /** What the names of the collections begin with. */
  collection?: string;
}

const pointsPerRequest = 256;
const candidates = 60;

/**
 * The knowledge index in a Qdrant server: one collection for the words of all tenants, as Qdrant advises (payload index with `is_tenant`),
 * and one for all vectors of as many dimensions. Every call carries the filter of `scoped`; ids of points are made from tenant and bot
 * as well, so that no write can meet another tenant's point. The text itself is not sent: words go as numbers, and once each, packed and
 * without their order, so that misspelt ones can be put right.
 */
export class QdrantIndex extends KnowledgeIndex {
  readonly durable = true;
  private readonly passages: PassagePoints;
  private readonly bots: BotPoints;
  private readonly vectors: VectorPoints;
  private readonly questions: QuestionReader;
  /** By tenant and bot: changes of a bot happen one after the other. */
  private readonly changes = new Map<string, Promise<unknown>>();

  constructor({ url, apiKey, collection = 'docent' }: QdrantIndexOptions) {
    super();
    const client = new QdrantClient({ url, apiKey, checkCompatibility: false });
    this.passages = new PassagePoints(client, `${collection}_words`);
    this.bots = new BotPoints(client, `${collection}_words`);
    this.vectors = new VectorPoints(client, `${collection}_vectors_`);
    this.questions = new QuestionReader(this.passages);
  }

  async has(scope: TenantScope, botId: string): Promise<boolean> {
    await this.passages.prepare();
    return this.bots.isThere(scope, botId);
  }

  async open(scope: TenantScope, botId: string): Promise<void> {
    await this.change(scope, botId, () => this.bots.open(scope, botId));
  }

  async put(scope: TenantScope, botId: string, chunks: IndexChunk[]): Promise<void> {
    await this.change(scope, botId, async () => {
      for (let at = 0; at < chunks.length; at += pointsPerRequest) {
        const batch = chunks.slice(at, at + pointsPerRequest);
        const known = await this.passages.read(scope, botId, idsOf(batch));
        if (known.size > 0) await this.vectors.remove(scope, botId, [ofChunks([...known.keys()])]);
        await this.passages.put(scope, botId, batch);
      }
    });
  }

  async putVectors(scope: TenantScope, botId: string, set: string, entries: IndexVectors[]): Promise<void> {
    await this.change(scope, botId, async () => {
      const passages = await this.passages.read(scope, botId, idsOf(entries));
      const known = entries.filter(({ chunkId }) => passages.has(chunkId));
      await this.vectors.put(scope, botId, set, known, (chunkId) => passages.get(chunkId)!.source);
      const bot = await this.bots.read(scope, botId);
      if (bot && bot.set === null) await this.bots.use(scope, botId, set);
    });
  }

  async switchVectors(scope: TenantScope, botId: string, set: string): Promise<void> {
    await this.change(scope, botId, async () => {
      await this.bots.use(scope, botId, set);
      await this.vectors.remove(scope, botId, [ofOtherSets(set)]);
    });
  }

  async vectorSet(scope: TenantScope, botId: string): Promise<string | null> {
    await this.passages.prepare();
    return (await this.bots.read(scope, botId))?.set ?? null;
  }

  override async vectorsOf(
    scope: TenantScope,
    botId: string,
    set: string,
    chunkIds: string[],
  ): Promise<Map<string, Float32Array>> {
    await this.passages.prepare();
    return this.vectors.read(scope, botId, set, chunkIds);
  }

  async search(scope: TenantScope, botId: string, query: IndexQuery): Promise<IndexMatch[]> {
    await this.passages.prepare();
    const limit = Math.max(query.limit, candidates);
    const [wording, set] = await Promise.all([
      this.questions.read(scope, botId, query),
      query.vector ? this.vectorSet(scope, botId) : null,
    ]);
    const found = this.passages.find(scope, botId, weightsOf(wording.words), limit);
    const vector = query.vector?.set === set ? query.vector : undefined;
    const ids = found.then((passages) => passages.map(({ chunk }) => chunk));
    const near = vector ? await this.vectors.nearest(scope, botId, vector, limit, ids) : null;
    const byWord = (await found).map((passage): FoundChunk => ({ ...passage, coverage: covered(wording, passage) }));
    const matches = fuseMatches(byWord, near, vector ?? {}, query.limit);
    return near ? this.withCoverage(scope, botId, matches, wording) : matches;
  }

  async weigh(scope: TenantScope, botId: string, terms: string[]): Promise<number[]> {
    await this.passages.prepare();
    const frequencies = await this.passages.frequencies(scope, botId, terms.map(termNumber));
    return terms.map((term) => rarity(termNumber(term), frequencies));
  }

  async removeSource(scope: TenantScope, botId: string, sourceId: string): Promise<void> {
    await this.change(scope, botId, async () => {
      await this.passages.remove(scope, botId, [ofSource(sourceId)]);
      await this.vectors.remove(scope, botId, [ofSource(sourceId)]);
    });
  }

  async removeBot(scope: TenantScope, botId: string): Promise<void> {
    this.questions.forget(scope, botId);
    await this.change(scope, botId, async () => {
      await this.passages.remove(scope, botId);
      await this.vectors.remove(scope, botId);
    });
  }

  async count(scope: TenantScope, botId: string, sourceId?: string): Promise<number> {
    await this.passages.prepare();
    const also = sourceId === undefined ? [] : [ofSource(sourceId)];
    // Where no passage is left, no vector may be left either, and if one were, this would have to say it.
    return (await this.passages.count(scope, botId, also)) || this.vectors.count(scope, botId, also);
  }

  /** What was found by meaning alone may hold words too. */
  private async withCoverage(scope: TenantScope, botId: string, matches: IndexMatch[], wording: Wording): Promise<IndexMatch[]> {
    const unread = matches.filter(({ lexicalRank }) => lexicalRank === null);
    const passages = await this.passages.read(scope, botId, idsOf(unread));
    return matches.map((match) => {
      const passage = passages.get(match.chunkId);
      return passage ? { ...match, coverage: covered(wording, passage) } : match;
    });
  }

  private async change(scope: TenantScope, botId: string, work: () => Promise<void>): Promise<void> {
    const key = JSON.stringify([scope.tenantId, botId]);
    const done = (this.changes.get(key) ?? Promise.resolve()).then(() => this.passages.prepare()).then(work);
    const settled = done.catch(() => undefined);
    this.changes.set(key, settled);
    await settled.then(() => this.changes.get(key) === settled && this.changes.delete(key));
    await done;
  }
}

function idsOf(entries: { chunkId: string }[]): string[] {
  return entries.map(({ chunkId }) => chunkId);
}

function covered({ words, frequencies }: Wording, { terms }: { terms: number[] }): number {
  return coverageOf(words, frequencies, terms);
}
