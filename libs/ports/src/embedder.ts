/** Turns texts into unit vectors. Name and dimensions stand beside every stored vector; they are never mixed. */
export abstract class Embedder {
  /** Model and version, for example `text-embedding-3-small@1536`. Null: there is no embedder, search is lexical. */
  abstract readonly name: string | null;
  abstract readonly dimensions: number;
  /** One vector per text, in order. Called only where `name` is not null. */
  abstract embed(texts: string[], kind: 'query' | 'passage'): Promise<Float32Array[]>;
}
