import { expect, it } from 'vitest';
import { misspell, misspellQuestion } from './misspell';
import { SeededRandom } from './seeded-random';

it('changes one place of a long word and leaves short ones', () => {
  const random = new SeededRandom(1);
  for (let count = 0; count < 200; count++) {
    const wrong = misspell('password', random);
    expect(Math.abs(wrong.length - 8)).toBeLessThanOrEqual(1);
    expect(misspell('card', random)).toBe('card');
  }
});

it('puts typos into two long words of a question, the same for the same seed', () => {
  const question = 'How do I change the password of my account, please?';
  const wrong = misspellQuestion(question, new SeededRandom(3));
  const differing = wrong.split(' ').filter((word, at) => word !== question.split(' ')[at]);
  expect(differing.length).toBeGreaterThan(0);
  expect(differing.length).toBeLessThanOrEqual(2);
  expect(misspellQuestion(question, new SeededRandom(3))).toBe(wrong);
});
