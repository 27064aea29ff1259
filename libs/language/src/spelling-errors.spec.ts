import { expect, it } from 'vitest';
import { errorsBetween, mostErrors } from './spelling-errors';

it.each([
  ['password', 'password', 0],
  ['pasword', 'password', 1],
  ['passwword', 'password', 1],
  ['pbssword', 'password', 1],
  ['apssword', 'password', 1],
  ['passwodr', 'password', 1],
  ['pasword', 'passwords', 2],
  ['apsswodr', 'password', 2],
  ['пароль', 'парол', 1],
])('between "%s" and "%s" are %i errors, either way', (left, right, errors) => {
  expect(errorsBetween(left, right, 2)).toBe(errors);
  expect(errorsBetween(right, left, 2)).toBe(errors);
});

it('says of words that differ more only that they do', () => {
  for (const [left, right] of [
    ['invoice', 'voices'],
    ['kingdom', 'password'],
    ['a', 'abcdef'],
  ] as const)
    for (const most of [0, 1]) expect(errorsBetween(left, right, most)).toBeGreaterThan(most);
});

it('agrees with the plain recursion wherever it must be exact', () => {
  const words = ['bacde', 'abced', 'abcde', 'acbde', 'abde', 'abcdef', 'eabcd', 'badce', 'cabde', ''];
  for (const left of words)
    for (const right of words)
      for (const most of [0, 1, 2, 3]) {
        const wanted = plainly(left, right);
        const counted = errorsBetween(left, right, most);
        if (wanted <= most) expect(counted).toBe(wanted);
        else expect(counted).toBeGreaterThan(most);
      }
});

it.each([
  ['short', 1],
  ['word', 0],
  ['passwords', 2],
  ['password1', 0],
  ['密码', 0],
  ['пароль', 1],
])('"%s" may have %i', (word, errors) => expect(mostErrors(word)).toBe(errors));

function plainly(left: string, right: string): number {
  if (!left || !right) return left.length + right.length;
  const swap =
    left.length > 1 && right.length > 1 && left.at(-1) === right.at(-2) && left.at(-2) === right.at(-1)
      ? plainly(left.slice(0, -2), right.slice(0, -2)) + 1
      : Infinity;
  return Math.min(
    plainly(left.slice(0, -1), right) + 1,
    plainly(left, right.slice(0, -1)) + 1,
    plainly(left.slice(0, -1), right.slice(0, -1)) + (left.at(-1) === right.at(-1) ? 0 : 1),
    swap,
  );
}
