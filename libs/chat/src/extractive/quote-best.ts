import { splitSentences, type Span } from '@docent/language';
import { expandList } from './expand-list';
import type { ExtractPassage } from './extract-types';
import { asksSomething, headingAsks, headingOf } from './match-headings';
import { readBlocks, type Block } from './read-blocks';
import type { ReadQuestion } from './read-question';

/** A list, table or program is quoted whole up to here. */
const longestWhole = 1_500;
/** Sentences that are quoted from the beginning of a section that answers, and before one that leans on them. */
const mostSentences = 3;
const mostBefore = 2;

/** Below a heading that is a question a first paragraph of this length is quoted whole: it was written as one answer. */
const shortParagraph = 500;

const bareReply = /^(?:yes|no|ja|nein|sí|no|oui|non|sim|não|да|нет)[.!,]?$/iu;
/** Words with which a sentence goes on from the one before it. */
const leaning =
  /^(?:it|its|they|them|their|this|these|those|that|then|there|such|otherwise|also|he|she|both|the same|in both|without (?:it|them)|sie|es|er|dies\p{L}*|dann|dort|sonst|damit|davon|esto|este|esta|estos|estas|eso|ello|entonces|también|il|elle|ils|elles|cela|ce|cette|ces|alors|он|она|оно|они|это|эт[аио]|там|тогда)(?![\p{L}\p{M}'’-])/iu;

export interface Quote {
  /** Verbatim, in the order of the text. */
  spans: Span[];
  /** A section, list, table or program that needs no further sentence. */
  isWhole: boolean;
}

/**
 * The best sentence of a passage with what a reader needs beside it, the sentences that it leans on, the list, table or program
 * that it announces or stands in, and, where the heading asks the question, the answer from its beginning.
 */
export function quoteBest(question: ReadQuestion, passage: ExtractPassage, best: Span, headingMatch: number): Quote {
  const { text } = passage;
  const blocks = readBlocks(text).filter((block) => !isHeading(text, block, passage));
  const at = blocks.findIndex((block) => block.start <= best.start && best.start < block.end);
  const block = blocks[at];
  if (!block) return { spans: [best], isWhole: false };
  const isAnswer = headingMatch >= headingAsks;
  const isReply = isAnswer || asksSomething(headingOf(passage) ?? '');
  if (block.kind === 'prose') return quoteProse(question, passage, blocks, at, best, isAnswer);
  if (block.kind === 'list' && !(isAnswer && asksForAll(question))) {
    const list = expandList(text, best, question.type === 'steps');
    return { spans: [list], isWhole: list.end > best.end };
  }
  if (!isShort(block)) return { spans: [best], isWhole: false };
  return { spans: block.kind === 'table' ? [block] : [...introTo(text, blocks, at, isReply), block], isWhole: true };
}

function quoteProse(
  question: ReadQuestion,
  passage: ExtractPassage,
  blocks: Block[],
  at: number,
  best: Span,
  isAnswer: boolean,
): Quote {
  const { text } = passage;
  const block = blocks[at]!;
  const sentences = sentencesOf(text, block);
  const index = sentences.findIndex(({ start, end }) => start <= best.start && best.start < end);
  if (index < 0) return { spans: [best], isWhole: false };
  const isShortAnswer = at === 0 && block.end - block.start <= shortParagraph && asksSomething(headingOf(passage) ?? '');
  const begins = isShortAnswer || (isAnswer && at === 0 && index < mostSentences);
  let from = begins ? 0 : index;
  while (from > 0 && index - from < mostBefore && leaning.test(text.slice(sentences[from]!.start, sentences[from]!.end))) from--;
  const to = isShortAnswer ? sentences.length : begins ? Math.min(sentences.length, from + mostSentences) : index + 1;
  const quoted = sentences.slice(from, to);
  const last = quoted.at(-1)!;
  const whole = expandList(text, last, false);
  if (whole.end > last.end) return { spans: [...quoted.slice(0, -1), whole], isWhole: true };
  const next = blocks[at + 1];
  const wanted = next && to === sentences.length && wantsBlock(question, text, last, next, begins);
  return wanted && isShort(next) ? { spans: [...quoted, next], isWhole: true } : { spans: quoted, isWhole: begins };
}

function wantsBlock(question: ReadQuestion, text: string, last: Span, next: Block, begins: boolean): boolean {
  if (next.kind === 'prose') return false;
  if (/[:：]$/.test(text.slice(last.start, last.end))) return true;
  if (!begins) return false;
  return next.kind === 'code' ? question.type === 'steps' || question.type === 'other' : asksForAll(question);
}

/** A number, a time or a person is one entry of a list; who asks how, which or what wants all of it. */
function asksForAll({ type }: ReadQuestion): boolean {
  return type !== 'number' && type !== 'time' && type !== 'person';
}

/** What leads to a list or program: where it is the answer the beginning of the section, otherwise the sentence before it. */
function introTo(text: string, blocks: Block[], at: number, isAnswer: boolean): Span[] {
  const prose = blocks.slice(0, at).findLast(({ kind }) => kind === 'prose');
  if (!prose) return [];
  const sentences = sentencesOf(text, prose);
  return isAnswer && sentences.length <= mostSentences ? sentences : sentences.slice(-1);
}

/** The sentences of a block; "Yes." and "No." stand with the one behind them. */
function sentencesOf(text: string, block: Block): Span[] {
  const sentences: Span[] = [];
  for (const { start, end } of splitSentences(text.slice(block.start, block.end))) {
    const last = sentences.at(-1);
    const span = { start: block.start + start, end: block.start + end };
    if (last && bareReply.test(text.slice(last.start, last.end))) last.end = span.end;
    else sentences.push(span);
  }
  return sentences;
}

function isShort({ start, end }: Span): boolean {
  return end - start <= longestWhole;
}

function isHeading(text: string, { start, end }: Span, { title, headings }: ExtractPassage): boolean {
  const line = text.slice(start, end).trim();
  return line === title.trim() || headings.some((heading) => heading.trim() === line);
}
