import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { relativeLuminance, textColourOn } from './readable-colour';

describe('textColourOn', () => {
  it('can be read on every colour', () => {
    fc.assert(
      fc.property(fc.nat(0xffffff), (number) => {
        const colour = `#${number.toString(16).padStart(6, '0')}`;
        const [dark, light] = [relativeLuminance(colour), relativeLuminance(textColourOn(colour))].sort((a, b) => a - b) as [
          number,
          number,
        ];
        expect((light + 0.05) / (dark + 0.05)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });
});
