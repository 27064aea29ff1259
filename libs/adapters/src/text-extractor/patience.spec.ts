import { expect, it } from 'vitest';
import { Patience } from './patience';

/** How many stretches of 1 000 ms pass before it is enough, for a process that uses so much in each. */
function stretchesWith(...usedInEach: (number | null)[]): number {
  let used: number | null = 500;
  const patience = new Patience(1, 1000, () => used);
  for (let stretch = 0; ; stretch++) {
    const more = usedInEach[Math.min(stretch, usedInEach.length - 1)]!;
    used = more === null || used === null ? null : used + more;
    if (!patience.isLeft()) return stretch + 1;
  }
}

it('counts what a process works, not how long it has to wait for the processor', () => {
  expect(stretchesWith(1000)).toBe(1);
  expect(stretchesWith(500)).toBe(2);
  expect(stretchesWith(100)).toBe(10);
});

it('ends one that does nothing, and one that does next to nothing for ever', () => {
  expect(stretchesWith(0)).toBe(4);
  expect(stretchesWith(900, 0)).toBe(5);
  expect(stretchesWith(20)).toBe(20);
});

it('takes the clock where processor time cannot be told', () => {
  expect(stretchesWith(null)).toBe(1);
});
