import fastCheck from 'fast-check';
import { expect, it } from 'vitest';
import { SpokenText } from './spoken-text';

function spoken(pieces: string[]): string {
  const text = new SpokenText();
  return pieces.map((piece) => text.take(piece)).join('') + text.finish();
}

it.each([
  ['<think>Hm, 31 or 30?</think>\n\nWe ship to 31 countries.', 'We ship to 31 countries.'],
  ['\n<think></think>Yes.', 'Yes.'],
  ['<think>Never ending', ''],
  ['<think>I was cut </thin', ''],
  ['Yes. <think>Hm.</think>', 'Yes. <think>Hm.</think>'],
  ['<thinking>Yes.</thinking>', '<thinking>Yes.</thinking>'],
  [' <th', ' <th'],
  ['  Yes.', '  Yes.'],
  ['<think>a</think> <think>b</think>', '<think>b</think>'],
  ['', ''],
])('of %j says %j, however it comes', (said, aloud) => {
  expect(spoken([said])).toBe(aloud);
  expect(spoken([...said])).toBe(aloud);
  fastCheck.assert(
    fastCheck.property(fastCheck.nat(said.length), fastCheck.nat(said.length), (one, other) => {
      const [first, second] = [Math.min(one, other), Math.max(one, other)];
      expect(spoken([said.slice(0, first), said.slice(first, second), said.slice(second)])).toBe(aloud);
    }),
  );
});

it('shows the first piece of an answer without thoughts at once', () => {
  expect(new SpokenText().take('Y')).toBe('Y');
});
