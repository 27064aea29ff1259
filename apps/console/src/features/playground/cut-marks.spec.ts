import { describe, expect, it } from 'vitest';
import { cutMarks, cutToShow } from './cut-marks';

const text = 'Every product is insured for two years. Batteries wear out and are not covered by the warranty.';
const explanation = {
  lexical: [
    { word: 'battery', share: 0.5 },
    { word: 'warranties', share: 0.2 },
  ],
  vector: [{ word: 'guarantee', nearest: 'covered', share: 0.4 }],
  window: { start: text.indexOf('Batteries'), end: text.length },
};

describe('cutMarks', () => {
  it('marks the words that carried the passage, in whatever form, and the nearest stretch', () => {
    const pieces = cutMarks(text, explanation);
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
    expect(pieces.filter(({ carries }) => carries).map((piece) => [piece.text, piece.carries])).toEqual([
      ['Batteries', 'word'],
      ['covered', 'meaning'],
      ['warranty', 'word'],
    ]);
    expect(
      pieces
        .filter(({ isNear }) => isNear)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text.slice(explanation.window.start));
  });

  it('does not take words for the same that only begin alike', () => {
    const pieces = cutMarks('The war on waste', { lexical: [{ word: 'warranty', share: 1 }], vector: [], window: null });
    expect(pieces).toEqual([{ text: 'The war on waste', start: 0, isNear: false, carries: null }]);
  });

  it('cuts a window in the middle of a word without losing anything', () => {
    const pieces = cutMarks('warranty', { lexical: [{ word: 'warranty', share: 1 }], vector: [], window: { start: 2, end: 5 } });
    expect(pieces.map((piece) => [piece.text, piece.isNear])).toEqual([
      ['wa', false],
      ['rra', true],
      ['nty', false],
    ]);
  });
});

describe('cutToShow', () => {
  it('shows the nearest stretch of a long passage, wherever it stands', () => {
    const long = `${'word '.repeat(400)}needle ${'word '.repeat(400)}`;
    const start = long.indexOf('needle');
    const shown = cutToShow(long, { lexical: [], vector: [], window: { start, end: start + 6 } });
    expect(long.slice(shown.start, shown.end)).toContain('needle');
    expect(shown.end - shown.start).toBeLessThan(500);
  });

  it('shows a short passage whole', () => {
    expect(cutToShow(text, explanation)).toEqual({ start: 0, end: text.length });
  });
});
