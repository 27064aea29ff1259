import { describe, expect, it } from 'vitest';
import { eachTerm } from '@docent/language';
import { WordReader } from './read-words';

const passages = [
  { headings: ['Plans', 'Prices of plans'], text: 'A plan costs 12.50 a month; see txn-98765-2024 and e-mail ann.lee@example.org.' },
  { headings: [], text: 'Planning plans: the plan planned is a plan. C++ and f# too, ПЛАН и планы.' },
  { headings: ['退款'], text: '退款将在十四天内到账。' },
];

/** What an index hears that reads for itself. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  eachTerm(text, 'en', (term, form) => words.push(`${form} → ${term}`));
  return words;
}

describe('WordReader', () => {
  it('says of each passage the words of its title, headings and text in order, whatever was numbered before', () => {
    const known: string[] = [];
    // Two readers that meet the same words by turns keep their numbers apart.
    const other = new WordReader('Another plan', 'en');
    const reader = new WordReader('The plans', 'en');
    for (const passage of [...passages, ...passages]) {
      other.read([passage]);
      const { numbers, ends, newForms, newTerms } = reader.read([passage]);
      newForms.forEach((form, at) => known.push(`${form} → ${newTerms[at]}`));
      const parts = [numbers.slice(0, ends[0]), numbers.slice(ends[0], ends[1]), numbers.slice(ends[1], ends[2])];
      expect(parts.map((part) => Array.from(part, (number) => known[number]))).toEqual([
        wordsOf('The plans'),
        wordsOf(passage.headings.join('\n')),
        wordsOf(passage.text),
      ]);
      expect(ends[2]).toBe(numbers.length);
    }
    expect(new Set(known).size).toBe(known.length);
  });

  it('has room for a text that is nothing but words of one character', () => {
    const text = Array.from({ length: 5_000 }, (_, at) => at % 10).join(' ');
    const { numbers } = new WordReader('', 'en').read([{ headings: [], text }]);
    expect(numbers.length).toBe(5_000);
  });
});
