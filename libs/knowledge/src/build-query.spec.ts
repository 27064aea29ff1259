import { expect, it } from 'vitest';
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
  expect(buildQuery('Opening hours?', [])).toEqual({ text: 'Opening hours?', context: [] });
});
