import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { integerArray, textArray, uuidArray } from './binary-arrays';

/** Reads the form as PostgreSQL's array_recv does: dimensions, flag of nulls, type, length, lower bound, elements by length. */
function read(array: Buffer): { typeOid: number; hasNulls: boolean; elements: (Buffer | null)[] } {
  const [dimensions, flag, typeOid] = [0, 4, 8].map((at) => array.readInt32BE(at)) as [number, number, number];
  const elements: (Buffer | null)[] = [];
  let at = 20;
  for (let left = dimensions === 0 ? 0 : array.readInt32BE(12); left > 0; left--) {
    const length = array.readInt32BE(at);
    at += 4;
    elements.push(length < 0 ? null : array.subarray(at, at + length));
    at += Math.max(0, length);
  }
  expect(dimensions === 0 ? array.length : at).toBe(dimensions === 0 ? 12 : array.length);
  return { typeOid, hasNulls: flag === 1, elements };
}

describe('binary arrays', () => {
  it('hold every text as its bytes, empty and of any script', () => {
    const texts = ['', 'plain', '{"quoted\\"}', 'данные', '数据库', '🙂', 'a\nb\tc'];
    const { typeOid, hasNulls, elements } = read(textArray(texts));
    expect([typeOid, hasNulls]).toEqual([25, false]);
    expect(elements.map((element) => element!.toString('utf8'))).toEqual(texts);
  });

  it('hold numbers and what is missing between them', () => {
    const { typeOid, hasNulls, elements } = read(integerArray([0, null, -1, 2_147_483_647]));
    expect([typeOid, hasNulls]).toEqual([23, true]);
    expect(elements.map((element) => element && element.readInt32BE(0))).toEqual([0, null, -1, 2_147_483_647]);
    expect(read(integerArray([7])).hasNulls).toBe(false);
  });

  it('hold ids as sixteen bytes', () => {
    const ids = Array.from({ length: 50 }, () => randomUUID());
    const { typeOid, elements } = read(uuidArray(ids));
    expect(typeOid).toBe(2950);
    expect(elements.map((element) => element!.toString('hex'))).toEqual(ids.map((id) => id.replaceAll('-', '')));
  });

  it('are without dimension where nothing is in them', () => {
    for (const array of [textArray([]), integerArray([]), uuidArray([])]) expect(read(array).elements).toEqual([]);
  });
});
