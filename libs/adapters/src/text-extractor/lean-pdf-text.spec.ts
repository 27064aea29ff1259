import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { leanPdfText } from './lean-pdf-text.mjs';

const file = join(dirname(createRequire(import.meta.url).resolve('unpdf')), 'pdfjs.mjs');

describe('leanPdfText', () => {
  it('multiplies the same three matrices to the same figures, in the package as it is installed', () => {
    const code = readFileSync(file, 'utf8');
    const start = code.indexOf('function getCurrentTextTransform(){');
    const [before, after] = [code, leanPdfText.transform(code, file)!.code].map((text) => placeFrom(text.slice(start, text.indexOf('function', start + 10))));
    const fractions = Array.from({ length: 60 }, (_, at) => Math.sin(at * 7.3) * 100);
    for (let at = 0; at + 15 < fractions.length; at++) {
      const state = { font: {}, fontSize: fractions[at], textHScale: fractions[at + 1], textRise: fractions[at + 2], textMatrix: fractions.slice(at + 3, at + 9), ctm: fractions.slice(at + 9, at + 15) };
      expect(after!(state)).toEqual(before!(state));
    }
  });

  it('leaves everything else alone, and says so when the package has changed', () => {
    expect(leanPdfText.transform('anything', '/src/read-pdf.ts')).toBeNull();
    expect(() => leanPdfText.transform('another version', '/node_modules/unpdf/dist/pdfjs.mjs')).toThrow('unpdf has changed');
  });
});

/** The function as it stands in the package, around a state of our own. */
function placeFrom(text: string): (state: unknown) => number[] {
  const multiply = 'const Util$1={transform:(e,t)=>[e[0]*t[0]+e[2]*t[1],e[1]*t[0]+e[3]*t[1],e[0]*t[2]+e[2]*t[3],e[1]*t[2]+e[3]*t[3],e[0]*t[4]+e[2]*t[5]+e[4],e[1]*t[4]+e[3]*t[5]+e[5]]};';
  return new Function('j', `${multiply}${text};return getCurrentTextTransform()`) as (state: unknown) => number[];
}
