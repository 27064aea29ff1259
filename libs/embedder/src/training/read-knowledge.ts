import { splitSentences } from '@docent/language';
import { readWords } from '../read-words';
import { isCompound, type TextEmbedder } from '../text-embedder';
import type { Corpus, Section, TokenSpan } from './corpus';
import { GrowingIntegers } from './growing-integers';
import { WordList } from './word-list';

/** A passage of the knowledge that is learned. */
export interface LearnedPassage {
  /** What it is a piece of: pieces of one source are hard to tell from each other. */
  source: string;
  /** Title and headings, each on a line of its own. */
  title: string;
  text: string;
}

/** A question and the text that answers it, known from use: approved answers, thumbs up. */
export interface LearnedPair {
  question: string;
  answer: string;
}

export interface ReadKnowledge {
  corpus: Corpus;
  pairs: { query: TokenSpan; passage: TokenSpan }[];
}

/** Passages and pairs as numbers of words. Addresses and codes without a row are left out: they count nothing when they are read. */
export function readKnowledge(embedder: TextEmbedder, passages: LearnedPassage[], pairs: LearnedPair[]): ReadKnowledge {
  const reader = new KnowledgeReader(embedder);
  for (const passage of passages) reader.readPassage(passage);
  const read = pairs.map(({ question, answer }) => ({ query: reader.span(question), passage: reader.span(answer) }));
  return { corpus: reader.corpus, pairs: read };
}

class KnowledgeReader {
  readonly corpus: Corpus = {
    languages: ['any'],
    words: new WordList(['any']),
    tokens: new GrowingIntegers(),
    sentenceStarts: new GrowingIntegers(),
    sections: [[]],
    translations: [[]],
    definitions: [],
    intents: [],
  };
  private readonly sources = new Map<string, number>();

  constructor(private readonly embedder: TextEmbedder) {}

  readPassage({ source, title, text }: LearnedPassage): void {
    const { corpus } = this;
    const lines = title.split('\n').filter((line) => line.trim() !== '');
    const start = corpus.tokens.length;
    const titleSpan = this.span(lines.length > 1 ? lines[0]! : '');
    const heading = this.span(lines.at(-1) ?? '');
    const firstSentence = corpus.sentenceStarts.length;
    const bodyStart = corpus.tokens.length;
    for (const sentence of splitSentences(text)) {
      const at = corpus.tokens.length;
      this.span(text.slice(sentence.start, sentence.end));
      if (corpus.tokens.length > at) corpus.sentenceStarts.push(at);
    }
    const body = { start: bodyStart, end: corpus.tokens.length };
    corpus.words.count(0, this.numbersFrom(start));
    const section: Section = {
      source: this.sourceOf(source),
      language: 0,
      title: titleSpan,
      heading,
      body,
      sentences: { start: firstSentence, end: corpus.sentenceStarts.length },
    };
    corpus.sections[0]!.push(section);
  }

  span(text: string): TokenSpan {
    const { tokens, words } = this.corpus;
    const start = tokens.length;
    for (const word of readWords(text)) if (this.embedder.knows(word) || !isCompound(word)) tokens.push(words.numberOf(word));
    return { start, end: tokens.length };
  }

  private numbersFrom(start: number): Set<number> {
    const numbers = new Set<number>();
    for (let at = start; at < this.corpus.tokens.length; at++) numbers.add(this.corpus.tokens.at(at));
    return numbers;
  }

  private sourceOf(name: string): number {
    if (!this.sources.has(name)) this.sources.set(name, this.sources.size);
    return this.sources.get(name)!;
  }
}
