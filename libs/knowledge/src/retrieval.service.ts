import { Injectable } from '@nestjs/common';
import type { Passage } from '@docent/contracts';
import { KnowledgeIndex, type PageSpan } from '@docent/ports';
import type { TenantContext } from '@docent/platform';
import type { RetrievalQuery } from './build-query';
import { IndexKeeper } from './index-keeper';
import { SourcesRepository, type PassageRow } from './sources.repository';

/** A passage with what an answer needs beyond what a caller sees. */
export interface FoundPassage extends Passage {
  /** SHA-256 of the text that the span belongs to. */
  snapshotHash: string;
  sourceType: 'file' | 'text' | 'url' | 'qa';
  /** Pages that the passage touches, in offsets of the source; empty where the format has none. */
  pages: PageSpan[];
  language: string | null;
  /** Share of the question's weight whose words stand in the passage. */
  coverage: number;
}

/** Finds the passages for a question: lexical and, where there is an embedder, by meaning. */
@Injectable()
export class RetrievalService {
  constructor(
    private readonly index: KnowledgeIndex,
    private readonly keeper: IndexKeeper,
    private readonly sources: SourcesRepository,
  ) {}

  /** Best first. The text of every passage comes from the tables under this tenant's policy, whatever the index says. */
  async search(ctx: TenantContext, botId: string, { text, context }: RetrievalQuery, limit: number): Promise<FoundPassage[]> {
    await this.keeper.ready(ctx, botId);
    const find = async (most: number) => {
      const matches = await this.index.search(ctx, botId, { text, context, limit: most });
      if (matches.length === 0) return { matches, rows: new Map<string, PassageRow>() };
      return { matches, rows: new Map((await this.sources.passages(ctx, botId, matches.map((match) => match.chunkId))).map((row) => [row.id, row])) };
    };
    let { matches, rows } = await find(limit);
    // A source that is just being stored may stand in the places of those that are.
    if (rows.size < matches.length) ({ matches, rows } = await find(limit * 5));
    const found = matches.flatMap((match) => {
      const row = rows.get(match.chunkId);
      if (!row) return [];
      return {
        chunkId: row.id,
        sourceId: row.source_id,
        sourceName: row.name,
        title: row.title || row.name,
        headings: row.headings,
        url: row.url,
        page: row.page,
        start: row.start_offset,
        end: row.end_offset,
        text: row.body,
        score: match.score,
        scores: { lexical: match.lexicalScore, vector: match.vectorScore },
        snapshotHash: row.hash,
        sourceType: row.type as FoundPassage['sourceType'],
        pages: toPages(row),
        language: row.language,
        coverage: match.coverage,
      };
    });
    return found.slice(0, limit);
  }

  /** How telling words are in this bot's knowledge (inverse document frequency). */
  async weigh(ctx: TenantContext, botId: string, terms: string[]): Promise<number[]> {
    await this.keeper.ready(ctx, botId);
    return this.index.weigh(ctx, botId, terms);
  }

  /** What a caller sees of a passage. */
  toPassage({ snapshotHash: _hash, sourceType: _type, coverage: _coverage, pages: _pages, language: _language, ...passage }: FoundPassage): Passage {
    return passage;
  }
}

function toPages({ page, page_breaks: breaks, start_offset: start, end_offset: end }: PassageRow): PageSpan[] {
  if (page === null) return [];
  const starts = [start, ...breaks];
  return starts.map((from, at) => ({ page: page + at, start: from, end: starts[at + 1] ?? end }));
}
