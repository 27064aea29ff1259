import { describe, expect, it } from 'vitest';
import { readEmbedderFile, type EmbedderFileError } from './embedder-file';
import { openEmbedder } from './text-embedder';
import { writeEmbedderFile } from './write-embedder-file';

describe('the embedder file', () => {
  it('says what it holds and how it was made', () => {
    const { header } = readEmbedderFile(aFile());
    expect(header).toMatchObject({
      languages: ['en', 'de'],
      dimensions: 32,
      bits: 4,
      words: 3,
      buckets: 16,
      training: { seed: 7 },
    });
    expect(header.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is the same for the same rows, in whatever order the words come', () => {
    expect(Buffer.from(aFile(['tree', 'house', 'baum']))).toEqual(Buffer.from(aFile(['baum', 'tree', 'house'])));
  });

  it.each([
    ['other bytes', (file: Uint8Array) => file.fill(0, 0, 4), 'not_an_embedder'],
    ['nothing', (file: Uint8Array) => file.subarray(0, 0), 'not_an_embedder'],
    ['a later format', (file: Uint8Array) => file.fill(9, 8, 9), 'unknown_version'],
    ['a cut header', (file: Uint8Array) => file.subarray(0, 40), 'truncated'],
    ['a cut content', (file: Uint8Array) => file.subarray(0, file.length - 1), 'truncated'],
    ['one changed bit', (file: Uint8Array) => file.fill(file.at(-1)! ^ 1, file.length - 1), 'altered'],
    ['one byte more', (file: Uint8Array) => new Uint8Array([...file, 0]), 'altered'],
    ['a broken header', (file: Uint8Array) => file.fill(0x7b, 16, 30), 'altered'],
  ])('refuses %s by name', (_name, spoil, problem) => {
    expect(() => openEmbedder(spoil(aFile()))).toThrow(
      expect.objectContaining<Partial<EmbedderFileError>>({
        name: 'EmbedderFileError',
        problem: problem as EmbedderFileError['problem'],
      }),
    );
  });

  it('is read wherever it lies in memory', () => {
    const file = aFile();
    const shifted = new Uint8Array(file.length + 3).subarray(3);
    shifted.set(file);
    const weigh = () => 1;
    expect(openEmbedder(shifted).embedText(['tree', 'unseen'], weigh)).toEqual(
      openEmbedder(file).embedText(['tree', 'unseen'], weigh),
    );
  });
});

function aFile(words = ['tree', 'house', 'baum']): Uint8Array {
  const row = (seed: number) => Float32Array.from({ length: 32 }, (_, at) => Math.sin(seed * 31 + at * 7));
  return writeEmbedderFile(
    { languages: ['en', 'de'], dimensions: 32, bits: 4, training: { seed: 7 } },
    {
      words: words.map((word) => ({ word, prior: 1.5, row: row(word.length + word.charCodeAt(0)) })),
      buckets: Array.from({ length: 16 }, (_, bucket) => row(100 + bucket)),
    },
  );
}
