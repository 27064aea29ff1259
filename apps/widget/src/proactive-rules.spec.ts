import { expect, it } from 'vitest';
import { holds } from './proactive-rules';

const rule = { id: 'a', text: 'Hello', path: '', afterSeconds: 0, afterScroll: 0, onExit: false, returningOnly: false };
const visit = { path: '/pricing/teams', seconds: 10, scrolled: 50, leaves: false, isReturning: false };

it.each([
  ['a rule without conditions', {}, true],
  ['its part of the path', { path: '/pricing' }, true],
  ['another path', { path: '/blog' }, false],
  ['its seconds', { afterSeconds: 10 }, true],
  ['more seconds', { afterSeconds: 11 }, false],
  ['its scroll', { afterScroll: 50 }, true],
  ['more scroll', { afterScroll: 51 }, false],
  ['a pointer that stays', { onExit: true }, false],
  ['a first visit', { returningOnly: true }, false],
  ['one condition of two', { path: '/pricing', onExit: true }, false],
])('%s: %o holds: %s', (_name, given, expected) => {
  expect(holds({ ...rule, ...given }, visit)).toBe(expected);
});

it('holds once the pointer leaves, and for who comes again', () => {
  expect(holds({ ...rule, onExit: true, returningOnly: true }, { ...visit, leaves: true, isReturning: true })).toBe(true);
});
