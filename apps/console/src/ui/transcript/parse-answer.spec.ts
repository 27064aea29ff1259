import { describe, expect, it } from 'vitest';
import { parseAnswer } from './parse-answer';

describe('parseAnswer', () => {
  it('finds citations, emphasis and lists', () => {
    expect(parseAnswer('Two **years** [1].\n\n- one\n- two [2]')).toEqual([
      {
        kind: 'paragraph',
        children: [
          { kind: 'text', text: 'Two ' },
          { kind: 'strong', children: [{ kind: 'text', text: 'years' }] },
          { kind: 'text', text: ' ' },
          { kind: 'citation', n: 1 },
          { kind: 'text', text: '.' },
        ],
      },
      {
        kind: 'list',
        ordered: false,
        items: [
          [{ kind: 'text', text: 'one' }],
          [
            { kind: 'text', text: 'two ' },
            { kind: 'citation', n: 2 },
          ],
        ],
      },
    ]);
  });

  it('finds the mark of what no source carries', () => {
    expect(parseAnswer('Free for all. [?]')).toEqual([
      { kind: 'paragraph', children: [{ kind: 'text', text: 'Free for all. ' }, { kind: 'unsupported' }] },
    ]);
  });

  it('makes links of safe addresses only', () => {
    expect(parseAnswer('[a](https://example.com) [b](javascript:alert(1))')).toEqual([
      {
        kind: 'paragraph',
        children: [
          { kind: 'link', text: 'a', href: 'https://example.com' },
          { kind: 'text', text: ' ' },
          { kind: 'text', text: '[b](javascript:alert(1)' },
          { kind: 'text', text: ')' },
        ],
      },
    ]);
  });

  it('keeps an unfinished answer readable while it grows', () => {
    expect(parseAnswer('```\ncode')).toEqual([{ kind: 'code', text: 'code' }]);
    expect(parseAnswer('half **bold')).toEqual([{ kind: 'paragraph', children: [{ kind: 'text', text: 'half **bold' }] }]);
  });
});
