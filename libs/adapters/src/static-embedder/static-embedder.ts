import { openEmbedder, readWords, WordWeights, type TextEmbedder } from '@docent/embedder';
import {
  Embedder,
  type KnowledgeEmbedder,
  type KnowledgeModel,
  type KnowledgeText,
  type Lesson,
  type TenantScope,
} from '@docent/ports';
import { learnInProcess } from './learn-in-process';
import { Pause } from '../pause';
import { StaticKnowledgeEmbedder } from './static-knowledge-embedder';

/**
 * The embedder that comes with the product: a table of word vectors in one file. No key, no network, no model server; it works in this
 * process, and a knowledge base teaches it which words count and, where it learned some, rows of its own.
 */
export class StaticEmbedder extends Embedder {
  override readonly name: string;
  override readonly dimensions: number;
  override readonly learns = true;
  /** The file itself, for who trains on it. */
  readonly words: TextEmbedder;

  /**
   * Opens the file's bytes, which are copied. `learningProcess`: the built program of the process that learns; left out, it is built
   * from source. Throws `EmbedderFileError`.
   */
  constructor(
    bytes: Uint8Array,
    private readonly learningProcess?: string,
  ) {
    super();
    this.words = openEmbedder(bytes);
    this.name = this.words.name;
    this.dimensions = this.words.dimensions;
  }

  override forKnowledge(_scope: TenantScope, _botId: string, model: KnowledgeModel | null): KnowledgeEmbedder {
    return new StaticKnowledgeEmbedder(this.words, model);
  }

  override async count(texts: AsyncIterable<KnowledgeText[]>): Promise<Uint8Array> {
    const weights = new WordWeights(this.words);
    const pause = new Pause();
    for await (const page of texts) {
      for (const { title, text } of page) {
        weights.add([...readWords(title), ...readWords(text)]);
        await pause.ifDue();
      }
    }
    return weights.toBytes();
  }

  override learn(lesson: Lesson, signal: AbortSignal, report?: (share: number) => void): Promise<Uint8Array | null> {
    return learnInProcess({ embedder: this.words.bytes, lesson }, { entry: this.learningProcess, signal, report });
  }
}
