import { describe, expect, it } from 'vitest';
import { DrawnKnowledge } from './drawn-knowledge';
import { KeptMaps } from './kept-maps';

const embedder = {
  set: 'test#1',
  embedPassages: (passages: { text: string }[]) =>
    Promise.resolve(passages.map(({ text }) => ({ whole: Float32Array.from([text.length, 1]), windows: [] }))),
  embedQuestion: () => Promise.resolve({ values: Float32Array.from([1, 0]), known: 1 }),
  knows: () => null,
  explain: () => null,
};
const row = (body: string) => ({
  id: body,
  source_id: 's',
  start_offset: 0,
  end_offset: 1,
  headings: ['Batteries'],
  body,
  title: 'Manual',
});
const draw = () => DrawnKnowledge.draw([row('one'), row('seventeen')], embedder, new Map());

describe('KeptMaps', () => {
  it('draws once for all who ask, and anew when the state has changed', async () => {
    let drawings = 0;
    const counted = () => (drawings++, draw());
    const maps = new KeptMaps();
    const [first, second] = await Promise.all([maps.get('bot', 'a', counted), maps.get('bot', 'a', counted)]);
    expect([first === second, drawings]).toEqual([true, 1]);
    expect(await maps.get('bot', 'b', counted)).not.toBe(first);
    expect(drawings).toBe(2);
  });

  it('forgets the map that was looked at longest ago when there is no more room', async () => {
    let drawings = 0;
    const counted = () => (drawings++, draw());
    const maps = new KeptMaps((await draw()).weight * 2);
    for (const bot of ['a', 'b', 'a', 'c', 'a']) await maps.get(bot, 'same', counted);
    expect(drawings).toBe(3);
    await maps.get('b', 'same', counted);
    expect(drawings).toBe(4);
  });

  it('tries again after a failure', async () => {
    const maps = new KeptMaps();
    await expect(maps.get('bot', 'a', () => Promise.reject(new Error('no embedder')))).rejects.toThrow('no embedder');
    expect((await maps.get('bot', 'a', draw)).topics.map(({ title }) => title)).toContain('Batteries');
  });
});
