import { expect, it } from 'vitest';
import { GrowingText } from './growing-text';

it('is all that was added, whenever it is asked for', () => {
  const text = new GrowingText();
  let expected = '';
  for (let at = 0; at < 200; at += 1) {
    const piece = ['', ' word', '\ud83d', '\ude00', '\n'][at % 5]!;
    text.add(piece);
    expected += piece;
    if (at % 23 === 0) expect(text.toString()).toBe(expected);
  }
  expect(text.toString()).toBe(expected);
});

it('is empty as long as nothing but nothing was added', () => {
  const text = new GrowingText();
  expect(text.isEmpty).toBe(true);
  for (let at = 0; at < 40; at += 1) text.add('');
  expect([text.isEmpty, text.toString()]).toEqual([true, '']);
  text.add('a');
  expect(text.isEmpty).toBe(false);
});
