import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { measureProof } from './measure-proof';
import { readClaims } from './read-claims';

const folder = path.join(import.meta.dirname, '../../../shared/eval');

/** Shares with room for a smaller sample; docs/decisions/proof.md has the figures over all of it. */
const mostFalselyMarked: Record<string, number> = {
  'quoted, cited': 0.01,
  'quoted, not cited': 0.02,
  'reworded, cited': 0.03,
  'reworded, not cited': 0.03,
  "a person's answer, cited": 0.09,
  "a person's answer, not cited": 0.2,
  'over English, cited': 0.04,
};
const mostMissed: Record<string, number> = {
  'number changed': 0.06,
  'number of the same passage': 0.25,
  'name exchanged': 0.2,
  denied: 0.05,
  'of another passage, cited': 0.06,
  'of another passage, not cited': 0.04,
  'over English, number changed': 0.1,
};

describe.skipIf(!existsSync(folder))('the check of sentences on real passages in six languages', () => {
  const rows = existsSync(folder) ? measureProof(readClaims(folder, 15)) : [];

  it.each(Object.entries(mostFalselyMarked))('leaves true sentences alone: %s', (kind, most) => {
    const row = rows.find((each) => each.kind === kind)!;
    expect(row.claims).toBeGreaterThan(50);
    expect(row.marked / row.claims, JSON.stringify(row)).toBeLessThanOrEqual(most);
  });

  it.each(Object.entries(mostMissed))('marks false ones: %s', (kind, most) => {
    const row = rows.find((each) => each.kind === kind)!;
    expect(row.claims).toBeGreaterThan(15);
    expect(1 - row.marked / row.claims, JSON.stringify(row)).toBeLessThanOrEqual(most);
  });
});
