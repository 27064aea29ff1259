import { expect, it } from 'vitest';
import { composeText } from './compose-text';

const quoted = (quote: string) => ({ passageIndex: 0, start: 0, end: quote.length, quote });

it('puts the number of its citation behind each sentence', () => {
  expect(composeText([quoted('At seven.'), quoted('On Sundays at ten.')], [1, 2])).toBe('At seven. [1] On Sundays at ten. [2]');
});

it('does not take the footnotes of a document for citations or marks of ours', () => {
  const text = composeText([quoted('It was built in 1887.[2] Who knows [?] why.')], [1]);
  expect(text.match(/\[(?:\d+|\?)\]/g)).toEqual(['[1]']);
  expect(text.replaceAll('\u2060', '')).toBe('It was built in 1887.[2] Who knows [?] why. [1]');
});
