import { dot, toUnit } from './vectors';
import type { TimeSlices } from './time-slices';

const mostTopics = 28;
const passagesPerTopic = 8;
const rounds = 12;

export interface Topics {
  /** Unit vectors, one per topic. */
  centres: Float32Array[];
  /** The topic of each vector, in the order given. */
  topicOf: Int32Array;
}

/**
 * Groups unit vectors by direction (spherical k-means; Dhillon and Modha, "Concept decompositions", 2001). The first centres are those
 * farthest from each other, so that the same vectors always give the same topics.
 */
export async function findTopics(vectors: readonly Float32Array[], slices: TimeSlices): Promise<Topics> {
  const wanted = Math.min(mostTopics, Math.max(Math.min(vectors.length, 3), Math.round(vectors.length / passagesPerTopic)));
  let centres = await spreadCentres(vectors, wanted, slices);
  let topicOf = await assign(vectors, centres, slices);
  for (let round = 0; round < rounds; round++) {
    centres = meanOfEach(vectors, topicOf, centres);
    const moved = await assign(vectors, centres, slices);
    if (moved.every((topic, at) => topic === topicOf[at])) break;
    topicOf = moved;
  }
  return { centres, topicOf };
}

/** The topic whose centre is nearest; -1 where there is none. */
export function nearestTopic(vector: Float32Array, centres: readonly Float32Array[]): number {
  let best = -1;
  let most = -Infinity;
  centres.forEach((centre, topic) => {
    const closeness = dot(vector, centre);
    if (closeness > most) [best, most] = [topic, closeness];
  });
  return best;
}

async function assign(
  vectors: readonly Float32Array[],
  centres: readonly Float32Array[],
  slices: TimeSlices,
): Promise<Int32Array<ArrayBuffer>> {
  const topics = new Int32Array(vectors.length);
  for (let at = 0; at < vectors.length; at++) {
    topics[at] = nearestTopic(vectors[at]!, centres);
    await slices.breathe();
  }
  return topics;
}

async function spreadCentres(vectors: readonly Float32Array[], wanted: number, slices: TimeSlices): Promise<Float32Array[]> {
  if (vectors.length === 0) return [];
  const centres = [meanOf(vectors)];
  const closest = new Float32Array(vectors.length).fill(-1);
  // The mean is where the search for the farthest begins, not a topic.
  while (centres.length <= wanted) {
    const last = centres.at(-1)!;
    let farthest = 0;
    for (let at = 0; at < vectors.length; at++) {
      closest[at] = Math.max(closest[at]!, dot(vectors[at]!, last));
      if (closest[at]! < closest[farthest]!) farthest = at;
      await slices.breathe();
    }
    centres.push(vectors[farthest]!);
  }
  return centres.slice(1);
}

function meanOfEach(vectors: readonly Float32Array[], topicOf: Int32Array, before: readonly Float32Array[]): Float32Array[] {
  const sums = before.map((centre) => new Float32Array(centre.length));
  vectors.forEach((vector, at) => add(sums[topicOf[at]!]!, vector));
  return sums.map((sum, topic) => (sum.some((value) => value !== 0) ? toUnit(sum) : before[topic]!));
}

function meanOf(vectors: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(vectors[0]!.length);
  for (const vector of vectors) add(sum, vector);
  return toUnit(sum);
}

function add(sum: Float32Array, vector: Float32Array): void {
  for (let at = 0; at < sum.length; at++) sum[at]! += vector[at]!;
}
