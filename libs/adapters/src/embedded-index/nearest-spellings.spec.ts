import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestSpellings, signatureOf } from './nearest-spellings';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'я', 'é'), minLength: 1, maxLength: 12 });

describe('nearestSpellings', () => {
  it('finds the nearest words and only those, as a search through everything does', () => {
    fc.assert(
      fc.property(word, fc.uniqueArray(word, { maxLength: 40 }), (asked, vocabulary) => {
        const found = nearestSpellings(asked, vocabulary, Int32Array.from(vocabulary, signatureOf));
        const most = asked.length < 5 ? -1 : asked.length >= 9 ? 2 : 1;
        const distances = vocabulary.map((other) => distanceBetween(asked, other));
        const least = Math.min(most, ...distances);
        const expected = distances.flatMap((distance, form) =>
          distance === least && distance <= most ? [{ form, distance }] : [],
        );
        expect(found).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('finds words one error away that random words hardly bring forth', () => {
    const vocabulary = ['certificate', 'certify', 'plain'];
    const signatures = Int32Array.from(vocabulary, signatureOf);
    expect(nearestSpellings('certifciate', vocabulary, signatures)).toEqual([{ form: 0, distance: 1 }]);
    expect(nearestSpellings('plian', vocabulary, signatures)).toEqual([{ form: 2, distance: 1 }]);
    expect(nearestSpellings('v1.2.3', vocabulary, signatures)).toEqual([]);
  });
});

/** The definition, without care for speed. */
function distanceBetween(left: string, right: string): number {
  const table: number[][] = [];
  for (let row = 0; row <= left.length; row++) {
    table.push([]);
    for (let column = 0; column <= right.length; column++) {
      const options = row === 0 || column === 0 ? [row + column] : [];
      if (row > 0) options.push(table[row - 1]![column]! + 1);
      if (column > 0) options.push(table[row]![column - 1]! + 1);
      if (row > 0 && column > 0) options.push(table[row - 1]![column - 1]! + (left[row - 1] === right[column - 1] ? 0 : 1));
      if (row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1])
        options.push(table[row - 2]![column - 2]! + 1);
      table[row]!.push(Math.min(...options));
    }
  }
  return table[left.length]![right.length]!;
}
