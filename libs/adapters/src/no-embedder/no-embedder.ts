import { Embedder } from '@docent/ports';

/** There is no embedder: search is lexical. */
export class NoEmbedder extends Embedder {
  override readonly name = null;
  override readonly dimensions = 0;

  override embed(): Promise<Float32Array[]> {
    return Promise.reject(new Error('There is no embedder; whoever asks for vectors has to look at its name first.'));
  }
}
