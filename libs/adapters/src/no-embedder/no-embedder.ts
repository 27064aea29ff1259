import { Embedder, type KnowledgeEmbedder } from '@docent/ports';

/** There is no embedder: search is lexical. */
export class NoEmbedder extends Embedder {
  override readonly name = null;
  override readonly dimensions = 0;
  override readonly learns = false;

  override forKnowledge(): KnowledgeEmbedder {
    throw new Error('There is no embedder; whoever asks for vectors has to look at its name first.');
  }

  override count(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(0));
  }

  override learn(): Promise<null> {
    return Promise.resolve(null);
  }
}
