import fastCheck from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnswerPassage } from './answer-passage';
import { CitationStream } from './cite-stream';

const shipping = 'Orders ship within two business days. Delivery to Norway takes 7 days. We ship to 31 countries.';
const returns =
  '# Returns\nYou can return unused items within 30 days of delivery. Refunds reach your bank account after five business days.';
const chinese = '本店支持七天无理由退货。运费由买家承担。';

function aPassage(text: string, changes: Partial<AnswerPassage> = {}): AnswerPassage {
  return {
    sourceId: `source-${text.length}`,
    title: 'Help',
    url: null,
    headings: [],
    snapshotHash: 'hash',
    start: 100,
    text,
    pages: [],
    language: 'en',
    ...changes,
  };
}

const passages = [aPassage(shipping), aPassage(returns), aPassage(chinese, { language: 'zh' })];

function run(pieces: string[], given = passages) {
  const stream = new CitationStream(given);
  const shown = [...pieces.map((piece) => stream.push(piece)), stream.finish()];
  return {
    stream,
    shown,
    text: shown.map((piece) => piece.text).join(''),
    citations: shown.flatMap((piece) => piece.citations),
    unsupported: shown.flatMap((piece) => piece.unsupported),
    sentences: stream.sentences,
  };
}

describe('markers', () => {
  it('resolve to the sentence of the passage that supports what was just said', () => {
    const { text, citations } = run(['Delivery to Norway takes 7 days [1]. Unused items can be returned within 30 days [2].']);
    expect(text).toBe('Delivery to Norway takes 7 days [1]. Unused items can be returned within 30 days [2].');
    expect(citations.map(({ quote }) => quote)).toEqual([
      'Delivery to Norway takes 7 days.',
      'You can return unused items within 30 days of delivery.',
    ]);
    for (const { start, end, quote, sourceId } of citations) {
      const source = passages.find((passage) => passage.sourceId === sourceId);
      expect(source?.text.slice(start - 100, end - 100)).toBe(quote);
    }
  });

  it('are numbered by first appearance, not by passage, and the same span keeps its number', () => {
    const { text } = run([
      'Items can be returned within 30 days [2]. Delivery to Norway takes 7 days [1]. Again: unused items within 30 days [2].',
    ]);
    expect(text).toBe(
      'Items can be returned within 30 days [1]. Delivery to Norway takes 7 days [2]. Again: unused items within 30 days [1].',
    );
  });

  it.each([
    ['Delivery to Norway takes 7 days, return unused items within 30 days of delivery [1, 2].', '[1][2].'],
    ['Delivery to Norway takes 7 days, return unused items within 30 days of delivery [1][2].', '[1][2].'],
    ['Delivery to Norway takes 7 days【1†source】.', 'days[1].'],
    ['Delivery to Norway takes 7 days [^1].', 'days [1].'],
    ['Delivery to Norway takes 7 days [source 1].', 'days [1].'],
    ['Delivery to Norway takes 7 days [Passage #1].', 'days [1].'],
    ['Delivery to Norway takes 7 days [Quelle: 1, 2].', 'days [1].'],
    ['Delivery to Norway takes 7 days [sourdough 1].', '[sourdough 1].'],
    ['Delivery to Norway takes 7 days [١].', 'days [1].'],
    ['Delivery to Norway takes 7 days.[1]', 'days.[1]'],
    ['Delivery to Norway takes 7 days. [1] Next.', 'days. [1] Next.'],
    ['七天无理由退货。[3]', '。[1]'],
  ])('are understood as models write them: %s', (said, shown) => {
    expect(run([said]).text).toContain(shown);
  });

  it.each([
    ['The moon is made of cheese [9].', 'The moon is made of cheese. [?]'],
    ['The moon is made of cheese [9] and honey.', 'The moon is made of cheese and honey. [?]'],
    ['The moon [12, 44] is made【7†x】 of cheese. [0]', 'The moon is made of cheese. [?]'],
    ['Moon [9] [8] [7] cheese', 'Moon cheese [?]'],
    ['Thank you [?]!', 'Thank you!'],
  ])('that name unknown passages vanish: %s', (said, shown) => {
    const { text, citations } = run([said]);
    expect(text).toBe(shown);
    expect(citations).toEqual([]);
  });

  it('that name the wrong passage are put right where another passage clearly says it', () => {
    const { citations } = run(['Refunds reach your bank account after five business days [1].']);
    expect(citations.map(({ quote }) => quote)).toEqual(['Refunds reach your bank account after five business days.']);
  });

  it('fall back to the first sentence where no word is shared, as across languages', () => {
    const { citations } = run(['Bestellungen gehen binnen zweier Werktage hinaus [1].']);
    expect(citations.map(({ quote }) => quote)).toEqual(['Orders ship within two business days.']);
  });

  it('never join into one that was not checked', () => {
    for (const said of ['Moon [1[9]] cheese', 'Moon [[9]1] cheese', 'Moon [【9】1] cheese', '[[[9]9]1]'])
      expect(run([said]).text).not.toMatch(/\[\s*\d+\s*\]/);
  });

  it('never become links, link definitions or images', () => {
    const { text } = run([
      'Delivery to Norway takes 7 days [1](https://evil.example).\n\n[1]: https://evil.example\n![x](https://evil.example/?q=1)',
    ]);
    expect(text).not.toMatch(/\]\(https:\/\/evil\.example\)\./);
    expect(text).not.toContain(']:');
    expect(text).not.toContain('![');
  });

  it('within code are code', () => {
    expect(run(['Use `list[1]` here.\n```\na[2] = b[1]\n```\n']).text).toBe('Use `list[1]` here. [?]\n```\na[2] = b[1]\n```\n[?]');
  });

  it('carry the page and address of their source', () => {
    const { citations } = run(
      ['Delivery to Norway takes 7 days [1].'],
      [
        aPassage(shipping, {
          url: 'https://shop.example/help',
          pages: [
            { page: 4, start: 0, end: 120 },
            { page: 5, start: 120, end: 400 },
          ],
        }),
      ],
    );
    expect(citations[0]).toMatchObject({ url: 'https://shop.example/help', page: 5 });
  });
});

describe('sentences', () => {
  it('without a marker get one where a passage clearly supports them, and only there', () => {
    const { text, sentences } = run([
      'Delivery to Norway takes 7 days. Our parrots sing in Latin every morning. You can return unused items within 30 days of delivery',
    ]);
    expect(text).toBe(
      'Delivery to Norway takes 7 days. [1] Our parrots sing in Latin every morning. [?] You can return unused items within 30 days of delivery [2]',
    );
    expect(sentences.map(({ citations }) => citations)).toEqual([[1], [], [2]]);
    expect(sentences[1]?.unsupported).toBe('words');
  });

  it('with another number than the passage get none', () => {
    expect(run(['Delivery to Norway takes 9 days.']).citations).toEqual([]);
  });

  it('in Chinese are found without blanks', () => {
    expect(run(['本店支持七天无理由退货。运费由买家承担。']).text).toBe('本店支持七天无理由退货。[1]运费由买家承担。[2]');
  });

  it('of lists and headings keep their form', () => {
    const { text } = run([
      '## Delivery to Norway takes 7 days\n\n- Delivery to Norway takes 7 days\n- We ship to 31 countries.\n',
    ]);
    expect(text).toBe(
      '## Delivery to Norway takes 7 days\n\n- Delivery to Norway takes 7 days [1]\n- We ship to 31 countries. [2]',
    );
  });

  it('are not ended by abbreviations and decimals', () => {
    expect(run(['The fee, e.g. 3.5 percent, is waived by Dr. Smith today.']).sentences).toHaveLength(1);
  });
});

describe('flow', () => {
  it('shows the first word at once and holds back only what may be a marker', () => {
    const stream = new CitationStream(passages);
    expect(stream.push('Del').text).toBe('Del');
    expect(stream.push('ivery to Norway takes 7 days').text).toBe('ivery to Norway takes 7 days');
    expect(stream.push(' [').text).toBe('');
    expect(stream.push('1').text).toBe('');
    const piece = stream.push('].');
    expect(piece.text).toBe(' [1].');
    expect(piece.citations).toHaveLength(1);
    expect(stream.push(' [sic').text).toBe(' [sic');
  });

  it('drops a marker that a cut left unfinished', () => {
    expect(run(['Parrots [1']).text).toBe('Parrots');
  });

  it.each([['NO_ANSWER'], ['  NO_ANSWER. The passages say nothing about it.'], ['**NO_ANSWER**']])(
    'never shows the no-answer token: %s',
    (said) => {
      for (const pieces of [[said], [...said]]) {
        const { stream, text } = run(pieces);
        expect(text).toBe('');
        expect(stream.answered).toBe(false);
      }
    },
  );

  it('shows words that only begin like it', () => {
    expect(run([...'No, NOT a NO_ANSWERED thing. Norway']).text).toContain('No, NOT a');
  });

  it('takes a no-answer after words as a doubt', () => {
    const { stream, text } = run(['The passages are silent. NO_ANSWER']);
    expect(text).toBe('The passages are silent.');
    expect(stream.answered).toBe(false);
  });

  it.each(['', ' \n', '[9]', '\0'])('calls silence a refusal: %j', (said) => {
    const { stream, text } = run([said]);
    expect(text).toBe('');
    expect(stream.answered).toBe(false);
    expect(stream.declined).toBe(true);
  });

  it('falls silent when the model repeats its prompt', () => {
    const stream = new CitationStream(passages, { canary: 'k3f9Qz' });
    expect(stream.push('My rules say <passage-k3f').text).toBe('My rules say <passage-k3f');
    expect(stream.leaked).toBe(false);
    stream.push('9Qz number="1">Delivery');
    expect(stream.leaked).toBe(true);
    expect(stream.push(' to Norway').text + stream.finish().text).toBe('');
  });
});

const fragments = fastCheck.constantFrom(
  'Delivery to Norway takes 7 days',
  'You can return unused items within 30 days of delivery',
  '.',
  '. ',
  ' ',
  '\n',
  '\n- ',
  '[1]',
  '[2]',
  '[9]',
  '[1, 2]',
  '[',
  ']',
  '1',
  '【2†x】',
  '【',
  '!',
  '![',
  '(',
  ':',
  '`',
  '```',
  'NO_',
  'NO_ANSWER',
  'N',
  '本店支持七天无理由退货。',
  '😀',
  '\ud83d',
  '\u0000',
  'word',
  '**',
  '"',
  '| a |',
  '#',
);

describe('any split of the stream', () => {
  it('gives the same text, citations and sentences, and every marker in the text resolves', () => {
    const said = fastCheck.array(fragments, { maxLength: 30 }).map((parts) => parts.join(''));
    const cuts = fastCheck.array(fastCheck.nat(300), { maxLength: 40 });
    fastCheck.assert(
      fastCheck.property(said, cuts, (text, at) => {
        const whole = run([text]);
        const parts = run(split(text, at));
        expect(parts.text).toBe(whole.text);
        expect(parts.citations).toEqual(whole.citations);
        expect(parts.sentences).toEqual(whole.sentences);
        expect(parts.unsupported).toEqual(whole.unsupported);
        expect(parts.stream.answered).toBe(whole.stream.answered);
        expect(parts.shown.every((piece) => piece.text.isWellFormed())).toBe(true);
        expect(whole.citations.map(({ n }) => n)).toEqual(whole.citations.map((_, index) => index + 1));
        const markers = [...withoutCode(whole.text).matchAll(/\[(\d+)\]/g)].map((match) => Number(match[1]));
        for (const marker of markers) expect(marker).toBeLessThanOrEqual(whole.citations.length);
      }),
      { numRuns: 1500 },
    );
  }, 30_000);

  it('marks whole sentences, one after the other, and says why with the piece that ends them', () => {
    fastCheck.assert(
      fastCheck.property(fastCheck.array(fragments, { maxLength: 30 }), (parts) => {
        const { shown, text, unsupported, sentences } = run(parts);
        const marked = sentences.filter((sentence) => sentence.unsupported);
        expect(unsupported.map(({ reason }) => reason)).toEqual(marked.map((sentence) => sentence.unsupported));
        let end = 0;
        unsupported.forEach((span, at) => {
          expect(span.start).toBeGreaterThanOrEqual(end);
          expect(withoutMarks(text.slice(span.start, span.end))).toBe(withoutMarks(marked[at]!.text));
          end = span.end;
        });
        let length = 0;
        for (const piece of shown) {
          length += piece.text.length;
          for (const span of piece.unsupported) expect(span.end).toBeLessThanOrEqual(length);
        }
      }),
      { numRuns: 1000 },
    );
  }, 30_000);

  it('brings each citation with the piece that mentions it first', () => {
    fastCheck.assert(
      fastCheck.property(fastCheck.array(fragments, { maxLength: 20 }), (parts) => {
        const seen = new Set<number>();
        for (const piece of run(parts).shown) {
          for (const citation of piece.citations) {
            expect(piece.text).toContain(`[${citation.n}]`);
            expect(seen.has(citation.n)).toBe(false);
            seen.add(citation.n);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });
});

/** Without blanks and markers, also those that what is left joins into: "[[1]1]" is text around a marker. */
function withoutMarks(text: string): string {
  const less = text.replace(/\[\d+\]|\s/g, '');
  return less === text ? text : withoutMarks(less);
}

function split(text: string, at: number[]): string[] {
  const cuts = [...new Set([0, ...at.filter((cut) => cut < text.length), text.length])].sort((a, b) => a - b);
  return cuts.slice(1).map((cut, index) => text.slice(cuts[index], cut));
}

/** A marker within code is code, and not ours to resolve. */
const withoutCode = (text: string) => (text.includes('`') ? '' : text);
