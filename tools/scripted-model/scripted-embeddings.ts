import { textsIn } from './protocol';

/**
 * Deterministic vectors in the shape of the OpenAI embeddings endpoint: texts that share words lie close. Not of unit length.
 * The model `fixed-64` has 64 dimensions whatever is asked for, as many servers do.
 */
export function scriptedEmbeddings(body: Record<string, unknown>): unknown {
  const dimensions = typeof body['dimensions'] === 'number' && body['model'] !== 'fixed-64' ? body['dimensions'] : 64;
  const data = textsIn(body['input']).map((text, index) => ({
    object: 'embedding',
    index,
    embedding: vectorOf(text, dimensions),
  }));
  // Out of order on purpose: the protocol numbers its entries, so a client has to read the numbers.
  return { object: 'list', model: body['model'], data: data.reverse(), usage: { prompt_tokens: 1, total_tokens: 1 } };
}

/** Texts that share words lie close. */
export function vectorOf(text: string, dimensions: number): number[] {
  const vector = new Array<number>(dimensions).fill(0.01);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    let hash = 2166136261;
    for (let index = 0; index < word.length; index += 1) hash = Math.imul(hash ^ word.charCodeAt(index), 16777619);
    const slot = Math.abs(hash) % dimensions;
    vector[slot] = (vector[slot] ?? 0) + 3;
  }
  return vector;
}
