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
  sentences: { start: number; end: number }[];
  /** Where each word stands: numbers of sentences, ascending. One look for each word of a claim, however many sentences there are. */
  places: Map<string, number[]>;
}

function readPassage(passage: AnswerPassage): ReadPassage {
  const language = passage.language ?? detectLanguage(passage.text);
  const spans = splitSentences(passage.text);
  const sentences = spans.length > 0 ? spans : [{ start: 0, end: passage.text.length }];
  const places = new Map<string, number[]>();
  sentences.forEach(({ start, end }, sentence) => {
    for (const term of analyseText(passage.text.slice(start, end), language)) {
      const standsIn = places.get(term);
      if (!standsIn) places.set(term, [sentence]);
      else if (standsIn.at(-1) !== sentence) standsIn.push(sentence);
    }
  });
  return { passage, language, sentences, places };
}

function bestSpan(read: ReadPassage, asked: Weighed, number: number): Support | null {
  const single = bestSentence(read, asked);
  let best = { first: single.sentence, last: single.sentence, share: single.share };
  for (const first of [single.sentence - 1, single.sentence]) {
    if (first < 0 || first + 1 >= read.sentences.length || single.share === 0) continue;
    const share = shareOf(asked, read, first, first + 1);
    if (share >= single.share + gainOfPair && share > best.share) best = { first, last: first + 1, share };
  }
  return toSupport(read, number, best, asked);
}

/** The sentence in which most of a claim stands, the earliest of equals; the first, with share 0, where nothing does. */
function bestSentence(read: ReadPassage, asked: Weighed): { sentence: number; share: number } {
  const found = new Array<number>(read.sentences.length).fill(0);
  let best = 0;
  for (const { term, weight } of asked.terms) {
    for (const sentence of read.places.get(term) ?? []) found[sentence]! += weight;
  }
  found.forEach((weight, sentence) => {
    if (weight > found[best]!) best = sentence;
  });
  return { sentence: best, share: asked.total === 0 ? 0 : (found[best] ?? 0) / asked.total };
}

interface Weighed {
  terms: { term: string; weight: number; isNumber: boolean }[];
  total: number;
}

function weigh(list: string[]): Weighed {
  const terms = [...new Set(list)].map((term) => {
    const isNumber = /\p{N}/u.test(term);
    return { term, weight: isNumber ? 2 : 1, isNumber };
  });
  return { terms, total: terms.reduce((sum, { weight }) => sum + weight, 0) };
}

function shareOf(asked: Weighed, read: ReadPassage, first: number, last: number): number {
  if (asked.total === 0) return 0;
  let found = 0;
  for (const { term, weight } of asked.terms) if (has(read, first, last, term)) found += weight;
  return found / asked.total;
}

/** `last` is `first` or the sentence behind it. */
function has(read: ReadPassage, first: number, last: number, term: string): boolean {
  const standsIn = read.places.get(term);
  return standsIn !== undefined && (standsIn.includes(first) || standsIn.includes(last));
}

function toSupport(
  read: ReadPassage,
  number: number,
  { first, last, share }: { first: number; last: number; share: number },
  asked: Weighed,
): Support | null {
  const start = read.sentences[first]?.start;
  const end = read.sentences[last]?.end;
  if (start === undefined || end === undefined) return null;
  const numbersFound = asked.terms.every(({ term, isNumber }) => !isNumber || has(read, first, last, term));
  return {
    passage: number,
    start: read.passage.start + start,
    end: read.passage.start + end,
    quote: read.passage.text.slice(start, end),
    share,
    clear: numbersFound && share >= clearShare && asked.total >= clearWeight,
  };
}
