import { describe, expect, it } from 'vitest';
import { RememberedSpans } from './remembered-spans';

const text = 'One sentence, long enough. '.repeat(10);
const spans = [
  { start: 0, end: 26 },
  { start: 27, end: 53 },
];

describe('RememberedSpans', () => {
  it('finds what was kept, and hands out copies', () => {
    const remembered = new RememberedSpans();
    expect(remembered.keep(text, spans)).toBe(spans);
    const found = remembered.find(text)!;
    expect(found).toEqual(spans);
    found[0]!.end = 1;
    expect(remembered.find(text)).toEqual(spans);
  });

  it('knows no other text, however near', () => {
    const remembered = new RememberedSpans();
    remembered.keep(text, spans);
    for (let at = 0; at < text.length; at += 7)
      expect(remembered.find(`${text.slice(0, at)}!${text.slice(at + 1)}`)).toBeUndefined();
    expect(remembered.find(text.slice(1))).toBeUndefined();
  });

  it('keeps neither short texts nor whole documents', () => {
    const remembered = new RememberedSpans();
    for (const other of ['short.', 'x'.repeat(5_000)]) {
      remembered.keep(other, spans);
      expect(remembered.find(other)).toBeUndefined();
    }
  });
});
