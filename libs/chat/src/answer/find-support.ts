import { analyseText, detectLanguage, splitSentences } from '@docent/language';
import type { AnswerPassage } from './answer-passage';

/** A span of a passage, in offsets of its source, and how much of a claim stands in it. */
export interface Support {
  /** Number of the passage in the prompt, from 1. */
  passage: number;
  start: number;
  end: number;
  quote: string;
  /** Share of the claim's words that stand in the span, 0 to 1; numbers count twice. */
  share: number;
  /** Enough words, most of them in the span, and every number of the claim too. */
  clear: boolean;
}

const clearShare = 0.7;
const clearWeight = 3;
/** A neighbouring sentence is taken in only where it adds this much. */
const gainOfPair = 0.2;

/** Finds the sentences of passages that support a claim, by shared words. Passages are read when they are first needed, or ahead. */
export class SupportFinder {
  private readonly read: (ReadPassage | undefined)[] = [];
  private readonly weighed = new Map<string | null, Weighed>();
  private claim: string | null = null;

  constructor(private readonly passages: AnswerPassage[]) {}

  /** Reads all passages now, so that no sentence waits for it. */
  readAhead(): void {
    for (let passage = 1; passage <= this.passages.length; passage += 1) this.readPassage(passage);
  }

  /** The best span of one passage; where nothing is shared (other language, other words) its first sentence, with share 0. */
  inPassage(claim: string, passage: number): Support | null {
    const read = this.readPassage(passage);
    return read ? bestSpan(read, this.weighClaim(claim, read.language), passage) : null;
  }

  /** The best span of all passages, the earliest of equals; null where nothing is shared. */
  anywhere(claim: string): Support | null {
    let best: Support | null = null;
    for (let passage = 1; passage <= this.passages.length; passage += 1) {
      const support = this.inPassage(claim, passage);
      if (support && support.share > (best?.share ?? 0)) best = support;
    }
    return best;
  }

  /** A claim is compared with many passages, mostly of one language: it is read once. */
  private weighClaim(claim: string, language: string | null): Weighed {
    if (claim !== this.claim) this.weighed.clear();
    this.claim = claim;
    const known = this.weighed.get(language);
    if (known) return known;
    const weighed = weigh(analyseText(claim, language));
    this.weighed.set(language, weighed);
    return weighed;
  }

  private readPassage(number: number): ReadPassage | null {
    const passage = this.passages[number - 1];
    return passage ? (this.read[number] ??= readPassage(passage)) : null;
  }
}

interface ReadPassage {
  passage: AnswerPassage;
  language: string | null;
  sentences: { start: number; end: number; terms: Set<string> }[];
}

function readPassage(passage: AnswerPassage): ReadPassage {
  const language = passage.language ?? detectLanguage(passage.text);
  const spans = splitSentences(passage.text);
  const whole = { start: 0, end: passage.text.length };
  const sentences = (spans.length > 0 ? spans : [whole]).map(({ start, end }) => ({
    start,
    end,
    terms: new Set(analyseText(passage.text.slice(start, end), language)),
  }));
  return { passage, language, sentences };
}

function bestSpan(read: ReadPassage, asked: Weighed, number: number): Support | null {
  let best = { first: 0, last: 0, share: 0 };
  read.sentences.forEach((_, index) => {
    const share = shareOf(asked, read, index, index);
    if (share > best.share) best = { first: index, last: index, share };
  });
  const single = best;
  for (const [first, last] of [
    [single.first - 1, single.first],
    [single.first, single.first + 1],
  ] as const) {
    if (first < 0 || last >= read.sentences.length || single.share === 0) continue;
    const share = shareOf(asked, read, first, last);
    if (share >= single.share + gainOfPair && share > best.share) best = { first, last, share };
  }
  return toSupport(read, number, best, asked);
}

interface Weighed {
  terms: Map<string, number>;
  total: number;
}

function weigh(list: string[]): Weighed {
  const terms = new Map(list.map((term) => [term, /\p{N}/u.test(term) ? 2 : 1]));
  return { terms, total: [...terms.values()].reduce((sum, weight) => sum + weight, 0) };
}

function shareOf(asked: Weighed, read: ReadPassage, first: number, last: number): number {
  if (asked.total === 0) return 0;
  let found = 0;
  for (const [term, weight] of asked.terms) if (has(read, first, last, term)) found += weight;
  return found / asked.total;
}

const has = (read: ReadPassage, first: number, last: number, term: string) =>
  read.sentences[first]?.terms.has(term) || read.sentences[last]?.terms.has(term);

function toSupport(
  read: ReadPassage,
  number: number,
  { first, last, share }: { first: number; last: number; share: number },
  asked: Weighed,
): Support | null {
  const start = read.sentences[first]?.start;
  const end = read.sentences[last]?.end;
  if (start === undefined || end === undefined) return null;
  const numbersFound = [...asked.terms.keys()].every((term) => !/\p{N}/u.test(term) || has(read, first, last, term));
  return {
    passage: number,
    start: read.passage.start + start,
    end: read.passage.start + end,
    quote: read.passage.text.slice(start, end),
    share,
    clear: numbersFound && share >= clearShare && asked.total >= clearWeight,
  };
}
