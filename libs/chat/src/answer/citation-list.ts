import type { Citation } from '@docent/contracts';
import type { AnswerPassage } from './answer-passage';
import type { Support } from './find-support';

/** Numbers cited spans in order of first appearance; the same span keeps its number. */
export class CitationList {
  readonly all: Citation[] = [];
  private readonly numbers = new Map<string, number>();
  private fresh: Citation[] = [];

  constructor(private readonly passages: AnswerPassage[]) {}

  /** The number of a span, new or known. Throws where the span is not of a passage of this answer: that is a bug, not an input. */
  numberOf(support: Support): number {
    const passage = this.passages[support.passage - 1];
    if (!passage) throw new RangeError(`There is no passage ${support.passage} in this answer`);
    const key = `${passage.sourceId} ${passage.snapshotHash} ${support.start} ${support.end}`;
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const citation = toCitation(this.all.length + 1, passage, support);
    this.numbers.set(key, citation.n);
    this.all.push(citation);
    this.fresh.push(citation);
    return citation.n;
  }

  /** The citations that are new since this was last called. */
  takeFresh(): Citation[] {
    const fresh = this.fresh;
    this.fresh = [];
    return fresh;
  }
}

function toCitation(n: number, passage: AnswerPassage, { start, end, quote }: Support): Citation {
  const page = passage.pages.find((span) => start >= span.start && start < span.end)?.page;
  return {
    n,
    sourceId: passage.sourceId,
    title: passage.title,
    start,
    end,
    quote,
    snapshotHash: passage.snapshotHash,
    ...(passage.url ? { url: passage.url } : {}),
    ...(page === undefined ? {} : { page }),
  };
}
