import type { Pooling } from './read-model-folder';

/** Vectors of tokens, one text after the other, each filled up to the longest. */
export interface TokenVectors {
  values: Float32Array;
  /** How many tokens each text has. */
  lengths: number[];
  /** Tokens of the longest. */
  longest: number;
  dimensions: number;
}

/** One vector per text from those of its tokens; what fills up does not count. */
export function poolTokens(tokens: TokenVectors, pooling: Pooling): Float32Array[] {
  return tokens.lengths.map((length, text) => {
    const at = (token: number) => vectorAt(tokens, text * tokens.longest + token);
    if (pooling === 'cls') return at(0).slice();
    if (pooling === 'last') return at(Math.max(0, length - 1)).slice();
    const vectors = Array.from({ length: Math.max(1, length) }, (_, token) => at(token));
    return pooling === 'max'
      ? fold(vectors, Math.max)
      : fold(vectors, (sum, value) => sum + value).map((sum) => sum / vectors.length);
  });
}

function vectorAt({ values, dimensions }: TokenVectors, token: number): Float32Array {
  return values.subarray(token * dimensions, (token + 1) * dimensions);
}

function fold(vectors: Float32Array[], join: (one: number, other: number) => number): Float32Array {
  const result = vectors[0]!.slice();
  for (const vector of vectors.slice(1))
    for (let index = 0; index < result.length; index++) result[index] = join(result[index]!, vector[index]!);
  return result;
}
