import { normaliseText, scanWords } from '@docent/language';
import type { KnowledgeEmbedder, KnowledgeText, QuestionVector } from '@docent/ports';

/** What the knowledge's embedder makes of one question: how near texts and words are to it. */
export class QuestionMeaning {
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
    if (words.length === 0) return [];
    const asked = await this.vectorsOf(words);
    const there = await this.vectorsOf(wordsOf(text));
    return asked.map((vector) => there.reduce((nearest, other) => Math.max(nearest, product(vector, other)), 0));
  }

  private async vectorsOf(words: string[]): Promise<Float32Array[]> {
    const vectors = await this.embedder.embedPassages(words.map((word) => ({ title: '', text: word })));
    return vectors.map(({ whole }) => whole);
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
