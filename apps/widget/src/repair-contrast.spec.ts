import fc from 'fast-check';
import { expect, it } from 'vitest';
import { contrast, repairContrast } from './repair-contrast';

const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => '#' + value.toString(16).padStart(6, '0'));

it('makes every colour readable: text on it, and itself as text on both themes', () => {
  fc.assert(
    fc.property(colour, fc.constantFrom('#f1f2f6', '#2a2c33'), (accent, surface) => {
      const repaired = repairContrast(accent, surface);
      expect(contrast(repaired.accent, repaired.onAccent)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(repaired.ink, surface)).toBeGreaterThanOrEqual(4.5);
      expect(repaired.ink).toMatch(/^#[0-9a-f]{6}$/);
    }),
    { numRuns: 5000 },
  );
});

it('leaves a colour alone that reads already', () => {
  expect(repairContrast('#1b3a8a', '#f1f2f6')).toEqual({ accent: '#1b3a8a', onAccent: '#ffffff', ink: '#1b3a8a' });
});

it('measures contrast as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});
