import { Injectable } from '@nestjs/common';
import type { Passage } from '@docent/contracts';
import { Embedder, KnowledgeIndex, type IndexMatch, type KnowledgeEmbedder } from '@docent/ports';
import type { TenantContext } from '@docent/platform';
import type { RetrievalQuery } from './build-query';
import { explainWords } from './explain-words';
import { IndexKeeper } from './index-keeper';
import { toText } from './meaning/bot-vectors';
import { MeaningKeeper } from './meaning/meaning-keeper';
import { SourcesRepository, type PassageRow } from './sources.repository';
import { toFoundPassage, toPassage, type FoundPassage } from './to-found-passage';

/** What the index found, and those of it that are stored. */
interface Finding {
  matches: IndexMatch[];
  rows: Map<string, PassageRow>;
  /** False where the question's vector is of a set that is no longer in use. */
  isCurrent: boolean;
}

/** Finds the passages for a question: by words and, where there is an embedder, by meaning. */
@Injectable()
export class RetrievalService {
  constructor(
    private readonly index: KnowledgeIndex,
    private readonly embedder: Embedder,
    private readonly keeper: IndexKeeper,
    private readonly keptMeaning: MeaningKeeper,
    private readonly sources: SourcesRepository,
  ) {}

  /** Best first. The text of every passage comes from the tables under this tenant's policy, whatever the index says. */
  async search(ctx: TenantContext, botId: string, query: RetrievalQuery, limit: number): Promise<FoundPassage[]> {
    await this.keeper.ready(ctx, botId);
    let found = await this.find(ctx, botId, query, limit);
    // Other vectors came into use meanwhile: this was found by words alone, or among what was being removed.
    if (!found.isCurrent) found = await this.find(ctx, botId, query, limit);
    // A source that is just being stored may stand in the places of those that are.
    if (found.rows.size < found.matches.length) found = await this.find(ctx, botId, query, limit * 5);
    const { matches, rows } = found;
    return matches
      .filter(({ chunkId }) => rows.has(chunkId))
      .slice(0, limit)
      .map((match, at) => toFoundPassage(match, rows.get(match.chunkId)!, at + 1));
  }

  /** As {@link search}, for a caller; `explain` adds places and reasons. */
  async searchFor(ctx: TenantContext, botId: string, query: RetrievalQuery, limit: number, explain: boolean): Promise<Passage[]> {
    const found = await this.search(ctx, botId, query, limit);
    if (!explain) return found.map((passage) => toPassage(passage));
    const knowledge = await this.keptMeaning.inUse(ctx, botId);
    return Promise.all(found.map(async (passage) => toPassage(passage, await this.explain(ctx, botId, query.text, passage, knowledge))));
  }

  /** How telling words are in this bot's knowledge (inverse document frequency). */
  async weigh(ctx: TenantContext, botId: string, terms: string[]): Promise<number[]> {
    await this.keeper.ready(ctx, botId);
    return this.index.weigh(ctx, botId, terms);
  }

  /**
   * The embedder of the bot's vectors where a sentence costs next to nothing; null where there is none, its vectors are not there yet, or
   * each text is a request to somebody.
   */
  async meaning(ctx: TenantContext, botId: string): Promise<KnowledgeEmbedder | null> {
    return this.embedder.learns ? this.keptMeaning.inUse(ctx, botId) : null;
  }

  /** Whether the bot's passages are in the index by words and by vectors of a model that knows them. */
  async isSettled(ctx: TenantContext, botId: string): Promise<boolean> {
    await this.keeper.ready(ctx, botId);
    return (await this.keptMeaning.state(ctx, botId)).isSettled;
  }

  private async find(ctx: TenantContext, botId: string, { text, context }: RetrievalQuery, limit: number): Promise<Finding> {
    const meaning = await this.keptMeaning.meaningOf(ctx, botId, text, context);
    const matches = await this.index.search(ctx, botId, { text, context, ...meaning, limit });
    const [rows, isCurrent] = await Promise.all([
      this.rowsOf(ctx, botId, matches),
      !meaning.vector || this.keptMeaning.isStillInUse(ctx, botId, meaning.vector.set),
    ]);
    return { matches, rows, isCurrent };
  }

  private async rowsOf(ctx: TenantContext, botId: string, matches: IndexMatch[]): Promise<Map<string, PassageRow>> {
    if (matches.length === 0) return new Map();
    const ids = matches.map(({ chunkId }) => chunkId);
    return new Map((await this.sources.passages(ctx, botId, ids)).map((row) => [row.id, row]));
  }

  private async explain(ctx: TenantContext, botId: string, question: string, passage: FoundPassage, knowledge: KnowledgeEmbedder | null): Promise<Passage['explanation']> {
    const lexical = await explainWords(question, passage, (terms) => this.index.weigh(ctx, botId, terms));
    const isNear = passage.scores.vector !== null && passage.scores.vector > 0;
    const meaning = isNear ? knowledge?.explain(question, toText({ ...passage, body: passage.text })) : null;
    return { lexical, vector: meaning?.words ?? [], window: meaning?.window ?? null };
  }
}
