import { KnowledgeWeights, priorWeights, readWords, type TextEmbedder } from '@docent/embedder';
import type {
  KnowledgeEmbedder,
  KnowledgeModel,
  KnowledgeText,
  MeaningExplanation,
  PassageVectors,
  QuestionVector,
} from '@docent/ports';
import { explainMeaning } from './explain-meaning';
import { Pause } from '../pause';

/** What a word counts as known that the embedder has only from the knowledge base at hand: a whole would let vectors of a language that it never learned outvote the words. */
const trustInTaught = 0.25;

/** The table of word vectors with the weights of one knowledge base and the rows that it has learned. */
export class StaticKnowledgeEmbedder implements KnowledgeEmbedder {
  readonly set: string;
  private readonly embedder: TextEmbedder;
  private readonly weightOf: (word: string) => number;

  /** Throws `EmbedderFileError` where the model is broken or was learned on another file. */
  constructor(embedder: TextEmbedder, model: KnowledgeModel | null) {
    this.set = `${embedder.name}#${model?.version ?? 0}`;
    this.embedder = model?.rows ? embedder.withRows(model.rows) : embedder;
    this.weightOf = model?.weights.length ? new KnowledgeWeights(model.weights, embedder).weightOf : priorWeights(embedder);
  }

  async embedPassages(passages: KnowledgeText[]): Promise<PassageVectors[]> {
    const vectors: PassageVectors[] = [];
    const pause = new Pause();
    for (const { title, text } of passages) {
      vectors.push(this.embedder.embedPassage(readWords(title), readWords(text), this.weightOf));
      await pause.ifDue();
    }
    return vectors;
  }

  async embedQuestion(text: string, context: { text: string; weight: number }[] = []): Promise<QuestionVector> {
    const words = readWords(text);
    const values = this.embedder.embedText(words, this.weightOf);
    for (const turn of context) addTo(values, this.embedder.embedText(readWords(turn.text), this.weightOf), turn.weight);
    return { values: toUnit(values), known: this.shareKnown(words), learned: this.embedder.learnedRows > 0 };
  }

  /** A word of several parts is one that is known in all of them. */
  knows(word: string): boolean {
    const parts = readWords(word);
    return parts.length > 0 && parts.every((part) => this.embedder.knows(part));
  }

  explain(question: string, passage: KnowledgeText): MeaningExplanation {
    return explainMeaning(this.embedder, this.weightOf, question, passage);
  }

  /** A word that only this knowledge base has taught is known by the few texts in it. */
  private shareKnown(words: string[]): number {
    let known = 0;
    let sum = 0;
    for (const word of words) {
      const weight = this.weightOf(word);
      sum += weight;
      if (this.embedder.priorOf(word) !== null) known += weight;
      else if (this.embedder.knows(word)) known += weight * trustInTaught;
    }
    return sum > 0 ? known / sum : 0;
  }
}

function addTo(target: Float32Array, vector: Float32Array, weight: number): void {
  for (let index = 0; index < target.length; index++) target[index]! += weight * vector[index]!;
}

function toUnit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return length > 0 ? vector.map((value) => value / length) : vector;
}
