import { describe, expect, it } from 'vitest';
import type { InboxItem } from '@docent/contracts';
import { findNews } from './find-news';

const item = (id: string, state: InboxItem['state'], unread = 0) => ({ id, state, unread }) as InboxItem;
const kinds = (before: InboxItem[] | undefined, now: InboxItem[]) =>
  findNews(before, now, ({ state }) => state === 'human').map(({ kind, item: { id } }) => `${kind} ${id}`);

describe('findNews', () => {
  it('tells each conversation that begins to wait once', () => {
    expect(kinds([item('a', 'bot')], [item('a', 'waiting'), item('b', 'waiting')])).toEqual(['waiting a', 'waiting b']);
    expect(kinds([item('a', 'waiting', 1)], [item('a', 'waiting', 2)])).toEqual([]);
  });

  it('tells messages in my own conversations, not those that were read', () => {
    expect(kinds([item('a', 'human', 1)], [item('a', 'human', 2)])).toEqual(['message a']);
    expect(kinds([item('a', 'human', 2)], [item('a', 'human', 0)])).toEqual([]);
    expect(kinds([item('a', 'bot', 1)], [item('a', 'bot', 2)])).toEqual([]);
  });

  it('is silent at the first look', () => {
    expect(kinds(undefined, [item('a', 'waiting')])).toEqual([]);
  });
});
