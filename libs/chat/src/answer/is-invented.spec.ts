import { describe, expect, it } from 'vitest';
import { isInvented } from './is-invented';

const carried = { unsupported: null, citations: [1] };
const marked = { unsupported: 'words', citations: [] } as const;
const wrong = { unsupported: 'number', citations: [1] } as const;
const courtesy = { unsupported: null, citations: [] };

describe('isInvented', () => {
  it.each([
    ['only marked sentences', [marked, wrong], true],
    ['marked sentences among courtesies', [courtesy, marked, courtesy], true],
    ['a citation that does not carry its sentence', [wrong], true],
    ['one carried sentence among marked ones', [marked, carried, wrong], false],
    ['carried sentences', [carried], false],
    ['courtesies alone, which promise nothing', [courtesy], false],
    ['no sentence', [], false],
  ])('%s', (_what, sentences, expected) => {
    expect(isInvented(sentences.map((sentence) => ({ ...sentence, citations: [...sentence.citations] })))).toBe(expected);
  });
});
