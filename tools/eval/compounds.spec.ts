import { expect, it } from 'vitest';
import { withCompounds } from './compounds';
import type { EvalQuestion } from './eval-set';

const units = [{ id: 'a', title: '', text: 'Die Versicherung zahlt jede Reise. Die Zahl aller Spieler wuchs.', lang: 'de' }];

function questionsIn(lang: string, ...asked: string[]): EvalQuestion[] {
  return asked.map((question, at) => ({
    id: String(at),
    lang,
    question,
    answerable: true,
    gold: ['a'],
    answers: [],
    history: [],
  }));
}

it('takes compounds apart whose words stand in the texts, and puts together what is said in several words', () => {
  const questions = questionsIn(
    'de',
    'Was kostet die Reiseversicherung?',
    'Wie hoch ist die Zahl der Spieler?',
    'Was ist ein Wasserkessel?',
  );
  const ways = withCompounds({ name: 'x', form: 'passages', units, questions });
  expect(ways.map(({ way, asked }) => [way, asked.map(({ question }) => question)])).toEqual([
    ['apart', ['Was kostet die Reise Versicherung?']],
    ['together', ['Wie hoch ist die Spielerzahl?']],
  ]);
  expect(ways[0]!.asTheyAre[0]).toBe(questions[0]);
});

it('leaves languages alone that write such words apart', () => {
  const questions = questionsIn('en', 'What does the Reiseversicherung cost?');
  expect(withCompounds({ name: 'x', form: 'passages', units, questions })).toEqual([]);
});
