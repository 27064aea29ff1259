import { expect, it } from 'vitest';
import { namedIn } from './rate-limit.guard';

const botId = '01234567-89ab-cdef-0123-456789abcdef';

it.each([
  ['the address', { botId }, undefined],
  ['the body', {}, { botId }],
  ['the model of the OpenAI protocol', undefined, { model: botId, messages: [] }],
])('finds the bot that a request counts on in %s', (_, params, body) => {
  expect(namedIn({ params, body }).botId).toBe(botId);
});

it('leaves out what is no id, whatever is sent', () => {
  for (const body of [undefined, null, 7, 'text', [], { botId: 7, model: 'gpt-4', email: ['a'] }]) expect(namedIn({ params: {}, body })).toEqual({});
});
