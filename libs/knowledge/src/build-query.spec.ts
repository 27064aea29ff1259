import { describe, expect, it } from 'vitest';
import { buildQuery } from './build-query';

const history = [
  { role: 'user', content: 'Tell me about the annual plan' },
  { role: 'assistant', content: 'It is billed once a year.' },
  { role: 'user', content: 'And the monthly one?' },
];

it('leans on the earlier words of the visitor, the nearer ones more, and not on those of the assistant', () => {
  const { text, context } = buildQuery('How much is it?', history);
  expect(text).toBe('How much is it?');
  expect(context.map((turn) => turn.text)).toEqual(['And the monthly one?', 'Tell me about the annual plan']);
  expect(context[0]!.weight).toBeGreaterThan(context[1]!.weight);
});

it.each([['How much is it?'], ['Y eso?'], ['Und dieser Tarif, was kostet er bei euch?'], ['它多少钱？']])(
  '"%s" leans more than a question that stands alone',
  (question) => {
    const alone = buildQuery('Which countries does express delivery by courier reach?', history).context[0]!.weight;
    expect(buildQuery(question, history).context[0]!.weight).toBeGreaterThan(alone);
  },
);

it('needs no history', () => {
  expect(buildQuery('Opening hours?', [])).toEqual({ text: 'Opening hours?', understood: 'Opening hours?', context: [] });
});

describe('a question understood with what was said before', () => {
  const talk = [{ role: 'visitor', content: 'Do you ship the Norden lamp to Norway?' }, { role: 'assistant', content: 'Yes.' }, { role: 'visitor', content: 'ok thanks' }];

  it.each(['How much is it?', 'What does that cost?', 'Price?'])('"%s" borrows the words that it leaves out', (question) => {
    expect(buildQuery(question, talk.slice(0, 2)).understood).toBe(`${question} (ship Norden lamp Norway)`);
  });

  it.each(['What is the warranty of the Sofia chair?', 'Opening hours on Sunday?'])('"%s" stays as it is', (question) => {
    expect(buildQuery(question, talk).understood).toBe(question);
  });

  it('borrows nothing that the question says itself', () => {
    expect(buildQuery('And is it shipped to Sweden?', talk.slice(0, 2)).understood).toBe('And is it shipped to Sweden? (Norden lamp Norway)');
  });

  it('stays as it is where nothing was said', () => {
    expect(buildQuery('How much is it?', []).understood).toBe('How much is it?');
  });
});
