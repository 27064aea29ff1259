import { describe, expect, it } from 'vitest';
import { readBlocks } from './read-blocks';

const text = [
  'How do I add a bot?',
  '',
  'Send a name. These forms exist:',
  '- one, with a',
  '  second line',
  '',
  '- two',
  '',
  'curl -X POST http://localhost/v1/bots \\',
  '  -d \'{"name": "Shop"}\'',
  '',
  'import os',
  '',
  'const bot = await create();',
  '',
  ' | Free | Pro',
  'Bots | 1 | 10',
  '',
  'Self-hosting knows no limit.',
].join('\n');

describe('readBlocks', () => {
  it('tells prose, lists, programs and tables apart, each as one stretch', () => {
    const blocks = readBlocks(text).map(({ kind, start, end }) => [kind, text.slice(start, end).trim().split('\n').length]);
    expect(blocks).toEqual([
      ['prose', 1],
      ['prose', 1],
      ['list', 4],
      ['code', 6],
      ['table', 2],
      ['prose', 1],
    ]);
  });

  it('leaves nothing out that is not blank', () => {
    const kept = readBlocks(text).map(({ start, end }) => text.slice(start, end));
    expect(kept.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
  });

  it.each(['', '\n\n', ' \n\t'])('has no block for %j', (blank) => {
    expect(readBlocks(blank)).toEqual([]);
  });
});
