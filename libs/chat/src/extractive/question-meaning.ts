import { normaliseText, scanWords } from '@docent/language';
import { likeSpelling } from './like-spelling';
import type { KnowledgeEmbedder, KnowledgeText, QuestionVector } from '@docent/ports';

/** What the knowledge's embedder makes of one question: how near texts and words are to it. */
export class QuestionMeaning {
  private readonly vectors = new Map<string, Float32Array>();

  private constructor(
    private readonly embedder: KnowledgeEmbedder,
    private readonly question: QuestionVector,
  ) {}

  static async of(embedder: KnowledgeEmbedder, question: string): Promise<QuestionMeaning> {
    return new QuestionMeaning(embedder, await embedder.embedQuestion(question));
  }

  /** Share of the question's weight that the embedder has words for, 0 to 1. */
  get known(): number {
    return this.question.known;
  }

  /** Cosine of the question with each text. */
  async likeness(texts: KnowledgeText[]): Promise<number[]> {
    const vectors = await this.embedder.embedPassages(texts);
    return vectors.map(({ whole }) => product(this.question.values, whole));
  }

  /** How near the nearest word of the text is to each of the words, 0 to 1. */
  async nearestInText(words: string[], text: string): Promise<number[]> {
    return words.length ? this.nearest(words, wordsOf(text)) : [];
  }

  /** How near the nearest of the other words is to each of the words, 0 to 1. */
  async nearest(words: string[], others: string[]): Promise<number[]> {
    if (words.length === 0) return [];
    const asked = await this.vectorsOf(words);
    const there = await this.vectorsOf(others);
    return asked.map((vector, at) =>
      there.reduce(
        (nearest, other, place) => Math.max(nearest, product(vector, other), likeSpelling(words[at]!, others[place]!)),
        0,
      ),
    );
  }

  /** A question meets the same words again and again: in headings, and in the passage. */
  private async vectorsOf(words: string[]): Promise<Float32Array[]> {
    const unseen = [...new Set(words)].filter((word) => !this.vectors.has(word));
    const fresh = unseen.length ? await this.embedder.embedPassages(unseen.map((word) => ({ title: '', text: word }))) : [];
    unseen.forEach((word, at) => this.vectors.set(word, fresh[at]!.whole));
    return words.map((word) => this.vectors.get(word)!);
  }
}

/** What is shorter holds a sentence together. */
const shortestWord = 3;
const mostWords = 150;

function wordsOf(text: string): string[] {
  const words = new Set<string>();
  scanWords(normaliseText(text), (word, kind) => {
    if (kind === 'pair' || word.length >= shortestWord) words.add(word);
  });
  return [...words].slice(0, mostWords);
}

function product(left: Float32Array, right: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < left.length; at++) sum += left[at]! * right[at]!;
  return sum;
}
