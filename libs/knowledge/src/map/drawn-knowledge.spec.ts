import { expect, it } from 'vitest';
import { DrawnKnowledge } from './drawn-knowledge';

const row = (id: string) => ({ id, source_id: 's', start_offset: 0, end_offset: 1, headings: [], body: id, title: 'Manual' });

it('embeds no passage whose vector the index has, and draws the same', async () => {
  const vectors: Record<string, number[]> = { one: [1, 0, 0], two: [0, 1, 0], three: [0, 0, 1], four: [0.9, 0.1, 0] };
  const embedded: string[] = [];
  const embedder = {
    set: 'elsewhere@3#0',
    embedPassages: (passages: { text: string }[]) => {
      embedded.push(...passages.map(({ text }) => text));
      return Promise.resolve(passages.map(({ text }) => ({ whole: Float32Array.from(vectors[text]!), windows: [] })));
    },
    embedQuestion: () => Promise.resolve({ values: Float32Array.from([1, 0, 0]), known: 1 }),
    knows: () => null,
    explain: () => null,
  };
  const rows = Object.keys(vectors).map(row);
  const whole = await DrawnKnowledge.draw(rows, embedder, new Map());
  expect(embedded.splice(0)).toEqual(['one', 'two', 'three', 'four']);
  const stored = new Map(['one', 'three', 'four'].map((id) => [id, Float32Array.from(vectors[id]!)]));
  const partly = await DrawnKnowledge.draw(rows, embedder, stored);
  expect(embedded).toEqual(['two']);
  expect(partly.places).toEqual(whole.places);
});
