import { expect, it } from 'vitest';
import { splitSentences } from './split-sentences';

const sentences = (text: string): string[] => splitSentences(text).map(({ start, end }) => text.slice(start, end));

it.each([
  [
    'abbreviations and decimals',
    'Mr. Smith paid 3.5 million, i.e. a lot. J. K. Rowling wrote.',
    ['Mr. Smith paid 3.5 million, i.e. a lot.', 'J. K. Rowling wrote.'],
  ],
  ['quotes and references', 'He said "No." Then he left.[3] She stayed.', ['He said "No."', 'Then he left.[3]', 'She stayed.']],
  ['a question inside a sentence', '"Was it?" he asked. Yes!', ['"Was it?" he asked.', 'Yes!']],
  ['German dates', 'Am 3. Oktober 1990 war es. Ende.', ['Am 3. Oktober 1990 war es.', 'Ende.']],
  [
    'headings and lists',
    '# Title\nText here.\n- one\n- two\n1. Click Save\n2. Wait',
    ['Title', 'Text here.', 'one', 'two', '1. Click Save', '2. Wait'],
  ],
  [
    'wrapped lines',
    'A sentence that was wrapped at the width of a column of text\nand goes on. Next.',
    ['A sentence that was wrapped at the width of a column of text\nand goes on.', 'Next.'],
  ],
  ['table rows', '| a | b |\n| c | d |', ['| a | b |', '| c | d |']],
  [
    'rows without outer marks',
    'Plan | What it holds for a month of messages and more\nFree | one hundred messages for a month, one bot, two seats',
    ['Plan | What it holds for a month of messages and more', 'Free | one hundred messages for a month, one bot, two seats'],
  ],
  ['Chinese', '他是谁？他是王。', ['他是谁？', '他是王。']],
  ['Hindi', 'यह है। वह था।', ['यह है।', 'वह था।']],
  ['Arabic', 'ما هذا؟ هذا كتاب.', ['ما هذا؟', 'هذا كتاب.']],
  ['nothing', ' \n\t… ', []],
])('parts %s', (_, text, expected) => {
  expect(sentences(text)).toEqual(expected);
});

it('cuts what has no end', () => {
  expect(sentences('word '.repeat(2_000)).every((sentence) => sentence.length < 700)).toBe(true);
});

it('cuts what has no end between its lines, not inside one: they may be the rows of a table', () => {
  const rows = Array.from({ length: 60 }, (_, at) => `Berth ${at} for boats up to ten metres with water and power   ${at * 3} EUR   in summer`);
  const parts = sentences(rows.join('\n'));
  expect(parts.length).toBeGreaterThan(5);
  expect(parts.flatMap((part) => part.split('\n'))).toEqual(rows);
});
