/** Levels 0 to 15 stand for -7.5 to 7.5 steps. */
export const middleLevel = 7.5;
/**
 * Numbers beyond so many standard deviations are cut: the others are told apart better. Measured on the shipped embedder: a quantised vector
 * has a cosine of .994 with the vector it stands for.
 */
const cutAt = 2.5;
const largestByte = 127;

/**
 * Writes a vector to `target` with 4 bits a number, 32 numbers in 16 bytes: the first 16 in the low halves. Returns the length
 * of what was written, in steps: a dot product with it divided by that is the cosine. 0 for a vector of zeros.
 */
export function quantiseVector(vector: Float32Array, target: Uint8Array): number {
  let square = 0;
  let most = 0;
  for (const value of vector) {
    square += value * value;
    most = Math.max(most, Math.abs(value));
  }
  if (!(square > 0)) return 0;
  const perStep = middleLevel / Math.min(most, cutAt * Math.sqrt(square / vector.length));
  let length = 0;
  target.fill(0);
  for (let index = 0; index < vector.length; index++) {
    const level = Math.max(0, Math.min(15, Math.floor(vector[index]! * perStep + middleLevel + 0.5)));
    const place = (index >> 5) * 16 + (index & 15);
    target[place]! |= index & 16 ? level << 4 : level;
    length += (level - middleLevel) ** 2;
  }
  return Math.sqrt(length);
}

/** A vector that {@link quantiseVector} has written, as near to what it was as it can be, in unit length. */
export function readQuantised(packed: Uint8Array, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions);
  let square = 0;
  for (let index = 0; index < dimensions; index++) {
    const byte = packed[(index >> 5) * 16 + (index & 15)]!;
    const value = (index & 16 ? byte >> 4 : byte & 15) - middleLevel;
    vector[index] = value;
    square += value * value;
  }
  return vector.map((value) => value / Math.sqrt(square));
}

/** A question as bytes from -127 to 127. */
export interface QuantisedQuestion {
  /** What one step of a byte stands for. */
  step: number;
  /** Sum of the bytes: what the middle of the levels has to be taken off for. */
  sum: number;
}

/** Writes a question to `target`. */
export function quantiseQuestion(vector: Float32Array, target: Int8Array): QuantisedQuestion {
  const most = vector.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const step = most > 0 ? most / largestByte : 1;
  let sum = 0;
  target.fill(0);
  for (let index = 0; index < vector.length; index++) sum += target[index] = Math.round(vector[index]! / step);
  return { step, sum };
}
