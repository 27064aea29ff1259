import { describe, expect, it } from 'vitest';
import { findTopics, nearestTopic } from './find-topics';
import { Projection, type Place } from './project-vectors';
import { TimeSlices } from './time-slices';
import { toUnit } from './vectors';

/** Three subjects in eight dimensions, each with its variations. */
const subjects = [0, 1, 2].flatMap((subject) =>
  Array.from({ length: 12 }, (_, at) => {
    const vector = new Float32Array(8);
    vector[subject] = 1;
    vector[3 + (at % 5)] = 0.35;
    return { subject, vector: toUnit(vector) };
  }),
);
const vectors = subjects.map(({ vector }) => vector);
const apart = (left: Place, right: Place) => Math.hypot(left.x - right.x, left.y - right.y);

describe('Projection', () => {
  it('puts what means the same near each other, and questions among the passages of their subject', async () => {
    const { centres } = await findTopics(vectors, new TimeSlices());
    const projection = new Projection(centres);
    const places = subjects.map(({ subject, vector }) => ({ subject, place: projection.place(vector)! }));
    const mean = (subject: number) => {
      const own = places.filter((one) => one.subject === subject);
      return {
        x: own.reduce((sum, { place }) => sum + place.x, 0) / own.length,
        y: own.reduce((sum, { place }) => sum + place.y, 0) / own.length,
      };
    };
    const middles = [0, 1, 2].map(mean);
    const nearestMiddle = (place: Place) =>
      middles.map((middle, subject) => ({ subject, far: apart(place, middle) })).sort((a, b) => a.far - b.far)[0]!.subject;
    expect(places.filter(({ subject, place }) => nearestMiddle(place) !== subject)).toEqual([]);
    const question = toUnit(Float32Array.from([0.2, 1, 0.1, 0, 0, 0, 0, 0.3]));
    expect(nearestMiddle(projection.place(question)!)).toBe(1);
  });

  it('is the same for the same vectors, and says of nothing where it stands', async () => {
    const places = async () => {
      const { centres } = await findTopics(vectors, new TimeSlices());
      const projection = new Projection(centres);
      return vectors.map((vector) => projection.place(vector));
    };
    expect(await places()).toEqual(await places());
    expect(new Projection(vectors.slice(0, 4)).place(new Float32Array(8))).toBeNull();
  });

  it.each([0, 1, 2, 3])('stays finite with %i passages, even where all are the same', async (count) => {
    for (const given of [vectors.slice(0, count), Array.from({ length: count }, () => vectors[0]!)]) {
      const { centres, topicOf } = await findTopics(given, new TimeSlices());
      const projection = new Projection(centres);
      expect(topicOf).toHaveLength(count);
      for (const vector of given) {
        const place = projection.place(vector)!;
        expect([Number.isFinite(place.x), Number.isFinite(place.y)]).toEqual([true, true]);
      }
      expect(nearestTopic(vectors[0]!, centres)).toBe(count === 0 ? -1 : 0);
    }
  });
});
