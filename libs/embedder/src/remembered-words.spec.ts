import { expect, it } from 'vitest';
import { bytesOfRemembered, middleOfRemembered, RememberedWords } from './remembered-words';
import { bytesOfVectors, RowRoom } from './row-room';

const dimensions = 32;
const numbers = (value: number) => Float32Array.from({ length: dimensions }, (_, at) => value * (at - 3));

it('gives back what was kept, nearly', () => {
  const { words, vector, write, read } = someWords(3);
  write(numbers(0.5));
  words.keep(0xffffffff, vector, 2);
  expect(read(words.find(0xffffffff))).toEqual(Array.from(numbers(1), (value) => expect.closeTo(value, 0) as number));
});

it('forgets the oldest when it is full, and nothing else', () => {
  const { words, vector } = someWords(3);
  for (const hash of [1, 2, 3, 4]) words.keep(hash, vector, 1);
  expect([1, 2, 3, 4].map((hash) => words.find(hash) >= 0)).toEqual([false, true, true, true]);
});

it('keeps a vector of zeros', () => {
  const { words, vector, read } = someWords(1);
  expect(read(words.keep(5, vector, 1))).toEqual(new Array(dimensions).fill(0));
});

function someWords(capacity: number) {
  const room = new RowRoom(new Uint8Array(), dimensions, bytesOfRemembered(capacity, dimensions) + bytesOfVectors(1, dimensions));
  const vector = room.reserveVector();
  const words = new RememberedWords(room, capacity);
  return {
    words,
    vector,
    write: (values: Float32Array) => room.floats.set(values, vector >> 2),
    read: (place: number) =>
      Array.from(
        { length: dimensions },
        (_, at) => (room.bytes[words.rowAt(place) + at]! - middleOfRemembered) * words.scaleAt(place),
      ),
  };
}
