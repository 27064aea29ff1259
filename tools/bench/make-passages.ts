import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { IndexChunk } from '@docent/ports';
import { splitSentences } from '@docent/language';

/** About the length of a chunk. */
const wordsPerPassage = 120;
const vocabularySize = 60_000;

export interface Corpus {
  /** Where the words come from, for the table. */
  name: string;
  passages(count: number): IndexChunk[];
  questions: string[];
}

/** English sentences and questions of the evaluation sets, shuffled into passages; without them a vocabulary that follows Zipf's law. Seeded. */
export function makeCorpus(folder: string): Corpus {
  return existsSync(path.join(folder, 'manifest.json')) ? realCorpus(folder) : zipfCorpus();
}

function realCorpus(folder: string): Corpus {
  const texts: string[] = [];
  const questions: string[] = [];
  for (const set of readdirSync(folder).filter((name) => !name.startsWith('xquad') && name !== 'oos')) {
    for (const form of ['passages', 'docs']) texts.push(...readField(path.join(folder, set, `${form}.jsonl`), 'text'));
    questions.push(...readField(path.join(folder, set, 'questions.jsonl'), 'question'));
  }
  const sentences = texts.flatMap((text) => splitSentences(text).map(({ start, end }) => text.slice(start, end)));
  const random = seededRandom(1);
  const passage = (): string => {
    const chosen: string[] = [];
    for (let words = 0; words < wordsPerPassage; words += chosen.at(-1)!.split(' ').length)
      chosen.push(sentences[Math.floor(random() * sentences.length)]!);
    return chosen.join(' ');
  };
  return {
    name: `${sentences.length} English sentences, shuffled`,
    passages: (count) => toChunks(count, passage, 'en'),
    questions,
  };
}

function zipfCorpus(): Corpus {
  const random = seededRandom(2);
  const cumulated: number[] = [];
  for (let rank = 1, sum = 0; rank <= vocabularySize; rank++) cumulated.push((sum += 1 / (rank + 2.7)));
  const word = (): string => {
    const wanted = random() * cumulated.at(-1)!;
    let low = 0;
    for (let high = vocabularySize - 1; low < high;) {
      const middle = (low + high) >> 1;
      if (cumulated[middle]! < wanted) low = middle + 1;
      else high = middle;
    }
    return `w${low.toString(36)}`;
  };
  const text = (count: number): string => Array.from({ length: count }, word).join(' ');
  return {
    name: 'made-up words after Zipf',
    passages: (count) => toChunks(count, () => text(wordsPerPassage), null),
    questions: Array.from({ length: 500 }, () => text(8)),
  };
}

function toChunks(count: number, text: () => string, language: string | null): IndexChunk[] {
  return Array.from({ length: count }, (_, number) => ({
    chunkId: `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`,
    sourceId: `source-${number % Math.max(1, Math.round(count / 50))}`,
    title: '',
    headings: [],
    text: text(),
    language,
  }));
}

function readField(file: string, field: string): string[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => String((JSON.parse(line) as Record<string, unknown>)[field] ?? ''));
}

/** Mulberry32: small, and the same numbers on every machine. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
