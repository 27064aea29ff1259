import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { cutText } from './cut-text';

describe('cutText', () => {
  it('loses nothing, whatever the text and wherever its pages begin', () => {
    const texts = fc.string({ unit: 'binary', maxLength: 12_000 });
    fc.assert(
      fc.property(texts, fc.array(fc.nat(12_000), { maxLength: 5 }), (text, starts) => {
        const pages = [...new Set(starts)]
          .filter((start) => start < text.length)
          .map((start, index) => ({ page: index + 1, start }));
        const blocks = cutText(text, pages);
        expect(blocks.map((block) => block.text).join('')).toBe(text);
        for (const block of blocks) expect(text.startsWith(block.text, block.start)).toBe(true);
        expect(blocks.filter(({ page }) => page !== null)).toHaveLength(pages.length);
      }),
      { numRuns: 60 },
    );
  });
});
