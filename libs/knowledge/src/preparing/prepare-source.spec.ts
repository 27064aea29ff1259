import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ExtractedText } from '@docent/ports';
import { integerArray, textArray } from '../binary-arrays';
import { splitText } from '../split-text';
import { describeSource, passageColumns, preparePassages, type PassageBatch } from './prepare-source';

const source = (text: string, rest: Partial<ExtractedText> = {}): ExtractedText => ({ title: 'Manual', mediaType: 'text/plain', text, pages: [], headings: [], tables: [], ...rest });
const paragraphs = (count: number): string => Array.from({ length: count }, (_, at) => `Paragraph ${at} says that the heron waits. ${'It waits for long. '.repeat(60)}`).join('\n\n');
const column = (batch: PassageBatch, name: string): Buffer => Buffer.from(batch.columns[passageColumns.findIndex((one) => one.name === name)]!);

describe('preparePassages', () => {
  it('brings every passage once, in the order of the text, a thousand at a time', () => {
    const long = source(paragraphs(1_300));
    const chunks = splitText(long);
    const batches = [...preparePassages(long, 'en', true)];
    expect(batches.map(({ count, total }) => [count, total])).toEqual([[1000, chunks.length], [chunks.length - 1000, chunks.length]]);
    const second = chunks.slice(1000);
    expect(column(batches[1]!, 'ordinal')).toEqual(integerArray(second.map(({ ordinal }) => ordinal)));
    expect(column(batches[1]!, 'start_offset')).toEqual(integerArray(second.map(({ start }) => start)));
    expect(column(batches[1]!, 'end_offset')).toEqual(integerArray(second.map(({ end }) => end)));
    expect(column(batches[1]!, 'body')).toEqual(textArray(second.map(({ text }) => text)));
  });

  it('keeps headings of any letters, the page and where further pages begin', () => {
    const first = `Of "birds" {and} \\fish\n\n${'The heron waits in the reeds. '.repeat(10)}`;
    const text = `${first}and goes on here.`;
    const paged = source(text, {
      headings: [{ level: 1, text: 'Of "birds" {and} \\fish', start: 0 }],
      pages: [{ page: 1, start: 0, end: 100 }, { page: 2, start: 100, end: text.length }],
    });
    const [batch] = [...preparePassages(paged, 'en', false)];
    expect(column(batch!, 'page')).toEqual(integerArray([1]));
    expect(column(batch!, 'page_breaks')).toEqual(textArray(['{100}']));
    expect(column(batch!, 'headings')).toEqual(textArray([String.raw`{"Of \"birds\" {and} \\fish"}`]));
    expect([batch!.words, batch!.texts]).toEqual([null, null]);
  });

  it('leaves the reading of words to the index where the language of the text is not known', () => {
    const [batch] = [...preparePassages(source('Qwrt zxcv.'), null, true)];
    expect(batch).toMatchObject({ words: null, texts: [{ headings: [], text: 'Qwrt zxcv.' }] });
    expect([...preparePassages(source('The heron waits.'), 'en', true)][0]).toMatchObject({ words: { newTerms: ['manual', 'heron', 'wait'] }, texts: null });
  });
});

it('describes a source by its bytes', () => {
  const head = describeSource(source('Der Reiher wartet auf den Fisch, und das ist für ihn schön.'));
  expect(new TextDecoder().decode(head.text)).toContain('schön');
  expect(head).toMatchObject({ language: 'de', hash: createHash('sha256').update(head.text).digest('hex') });
});
