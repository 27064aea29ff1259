import { expect, it } from 'vitest';
import { lacksNegation } from './negation';

it.each([
  ['Which states did not sign the treaty?', 'Seven states signed the treaty.', true],
  ['Which states did not sign the treaty?', 'Two states never signed it.', false],
  ['Welche Staaten haben nicht unterschrieben?', 'Sieben Staaten haben unterschrieben.', true],
  ['哪些国家没有签署？', '七个国家签署了。', true],
  ['Which states signed?', 'Seven states signed.', false],
  // Expects a yes.
  ["Isn't the treaty in force?", 'The treaty is in force.', false],
  // What is asked is the second sentence.
  ['I do not like this theme. Which others are there?', 'There are three themes.', false],
])('%s %s', (question, sentence, lacks) => {
  expect(lacksNegation(question, sentence)).toBe(lacks);
});
