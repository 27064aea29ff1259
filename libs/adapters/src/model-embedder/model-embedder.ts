import { Embedder, type KnowledgeEmbedder, type TenantScope } from '@docent/ports';

/** Many models want to be told what a text is, and find worse without. */
export interface TextPrefixes {
  question: string;
  passage: string;
}

export type TextKind = keyof TextPrefixes;

/** What all embedders share that have a model of their own, which no knowledge base can teach: one vector a text, no windows. */
export abstract class ModelEmbedder extends Embedder {
  override readonly learns = false;

  /** One vector per text, in order, of any length: it is made unit length here. */
  protected abstract embed(texts: string[], kind: TextKind): Promise<Float32Array[]>;

  override forKnowledge(_scope: TenantScope, _botId: string): KnowledgeEmbedder {
    if (this.name === null)
      throw new Error('The embedding model has not answered yet; whoever asks for vectors has to look at its name first.');
    return {
      set: `${this.name}#0`,
      embedPassages: async (passages) => {
        const vectors = await this.embed(
          passages.map(({ title, text }) => `${title}\n${text}`),
          'passage',
        );
        // A window costs as much as a passage here, and the model has read every sentence of the passage anyway.
        return vectors.map((vector) => ({ whole: toUnitLength(vector), windows: [] }));
      },
      embedQuestion: async (text, context = []) => {
        const vectors = await this.embed([text, ...context.map((turn) => turn.text)], 'question');
        return { values: weightedMean(vectors.map(toUnitLength), [1, ...context.map((turn) => turn.weight)]), known: 1 };
      },
      knows: () => null,
      explain: () => null,
    };
  }

  override count(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(0));
  }

  override learn(): Promise<null> {
    return Promise.resolve(null);
  }
}

/** Earlier turns pull the question towards what was talked about. */
function weightedMean(vectors: Float32Array[], weights: number[]): Float32Array {
  return toUnitLength(
    vectors[0]!.map((_, index) => vectors.reduce((total, vector, at) => total + vector[index]! * weights[at]!, 0)),
  );
}

/** The same vector in unit length; a vector of zeros stays. */
function toUnitLength(values: Float32Array): Float32Array {
  const length = Math.hypot(...values);
  return values.map((value) => (length > 0 ? value / length : 0));
}
