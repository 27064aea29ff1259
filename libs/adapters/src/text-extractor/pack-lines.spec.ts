import { deserialize, serialize } from 'node:v8';
import { expect, it } from 'vitest';
import { packLines, unpackLines } from './pack-lines';

it('brings lines and empty pages through unchanged, also from one process to another', () => {
  const line = (text: string, at: number) => ({ text, start: at, end: at + 100.5, baseline: 700 - at / 3, size: 10.25 });
  const pages = [[line('first', 1), line('', 2)], [], [line('жизнь ٣ 中文 \ud83d\ude00', 3)], []];
  expect(unpackLines(deserialize(serialize(packLines(pages))) as ReturnType<typeof packLines>)).toEqual(pages);
  expect(unpackLines(packLines([]))).toEqual([]);
  expect(unpackLines(packLines([[], []]))).toEqual([[], []]);
});
