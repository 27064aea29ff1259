import type { Passage } from '@docent/contracts';
import type { IndexMatch, PageSpan } from '@docent/ports';
import type { PassageRow } from './sources.repository';

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
  /** Places by words, by meaning and in the end, from 1; null where the passage is not ranked there. */
  ranks: NonNullable<Passage['ranks']>;
}

/** What the index says of a passage and what is stored of it; `rank` is its place in the end. */
export function toFoundPassage(match: IndexMatch, row: PassageRow, rank: number): FoundPassage {
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
    ranks: { lexical: match.lexicalRank, vector: match.vectorRank, fused: rank },
    snapshotHash: row.hash,
    sourceType: row.type as FoundPassage['sourceType'],
    pages: toPages(row),
    language: row.language,
    coverage: match.coverage,
  };
}

/** What a caller sees of it; places and reasons only where they were asked for. */
export function toPassage(found: FoundPassage, explanation?: Passage['explanation']): Passage {
  const { snapshotHash: _hash, sourceType: _type, coverage: _coverage, pages: _pages, language: _language, ranks, ...passage } = found;
  return explanation ? { ...passage, ranks, explanation } : passage;
}

function toPages({ page, page_breaks: breaks, start_offset: start, end_offset: end }: PassageRow): PageSpan[] {
  if (page === null) return [];
  const starts = [start, ...breaks];
  return starts.map((from, at) => ({ page: page + at, start: from, end: starts[at + 1] ?? end }));
}
