import { describe, expect, it } from 'vitest';
import { eachGram, hashWord } from './hash-word';
import { writeLearnedRows } from './learned-rows';
import { readWords } from './read-words';
import { openEmbedder } from './text-embedder';
import { WordWeights } from './word-weights';
import { writeEmbedderFile } from './write-embedder-file';

const dimensions = 64;
const buckets = 4_096;
const known = ['password', 'invoice', 'kingdom', '密码'];
const embedder = openEmbedder(aFile());
const evenly = () => 1;
const vectorOf = (text: string) => embedder.embedText(readWords(text), evenly);

describe('a text', () => {
  it('becomes a unit vector, and nothing becomes 0', () => {
    expect(cosine(vectorOf('invoice for a kingdom'), vectorOf('invoice for a kingdom'))).toBeCloseTo(1);
    expect(vectorOf('…')).toEqual(new Float32Array(dimensions));
  });

  it('finds misspelt and unknown words near their right form', () => {
    for (const wrong of ['pasword', 'passwrod', 'passwords'])
      for (const other of ['invoice', 'kingdom'])
        expect(cosine(vectorOf(wrong), vectorOf('password'))).toBeGreaterThan(0.3 + cosine(vectorOf(wrong), vectorOf(other)));
  });

  it('reads Chinese and Thai without blanks, and finds a part in the whole', () => {
    expect(embedder.knows('密码')).toBe(true);
    expect(cosine(vectorOf('更改密码'), vectorOf('密码'))).toBeGreaterThan(cosine(vectorOf('更改密码'), vectorOf('国王')) + 0.2);
    expect(cosine(vectorOf('เปลี่ยนรหัสผ่าน'), vectorOf('รหัสผ่าน'))).toBeGreaterThan(0.5);
  });

  it('leaves out words without weight', () => {
    const weigh = (word: string) => (word === 'invoice' ? 0 : 1);
    expect(embedder.embedText(['invoice', 'password'], weigh)).toEqual(embedder.embedText(['password'], weigh));
  });
});

describe('what was embedded before', () => {
  const heavily = (word: string) => (word === 'invoice' ? 9 : 1);
  const words = readWords('the invoice for a password of the kingdom');

  it('changes nothing, whoever asked and with whatever weights', () => {
    const fresh = [openEmbedder(aFile()).embedText(words, evenly), openEmbedder(aFile()).embedText(words, heavily)];
    for (let time = 0; time < 2; time++)
      expect([embedder.embedText(words, evenly), embedder.embedText(words, heavily)]).toEqual(fresh);
  });

  it('is not mistaken for what another knowledge base has learned', () => {
    const rows = [{ hash: hashWord('invoice'), row: embedder.rowOf('kingdom') }];
    const taught = embedder.withRows(writeLearnedRows({ dimensions, bits: 4, embedder: embedder.header.sha256 }, rows));
    const plain = vectorOf('invoice');
    expect(cosine(taught.embedText(['invoice'], evenly), vectorOf('kingdom'))).toBeGreaterThan(0.98);
    expect(vectorOf('invoice')).toEqual(plain);
  });
});

describe('a passage', () => {
  const words = Array.from({ length: 130 }, (_, at) => `word${at}`);

  it('has the vectors of its windows of 60 words, one every 40, and of the whole, each with the title', () => {
    const { whole, windows } = embedder.embedPassage(['title'], words, evenly);
    expect(cosine(whole, embedder.embedText(['title', ...words], evenly))).toBeCloseTo(1, 5);
    expect(windows).toHaveLength(3);
    windows.forEach((window, at) =>
      expect(cosine(window, embedder.embedText(['title', ...words.slice(at * 40, at * 40 + 60)], evenly))).toBeCloseTo(1, 5),
    );
  });

  it.each([
    [0, 1],
    [60, 1],
    [61, 2],
    [100, 2],
    [101, 3],
  ])('of %i words has %i windows', (length, count) => {
    expect(embedder.embedPassage([], words.slice(0, length), evenly).windows).toHaveLength(count);
  });
});

describe('weights', () => {
  const weights = new WordWeights(embedder);
  for (let passage = 0; passage < 200; passage++) weights.add(['common', ...(passage === 7 ? ['kingdom'] : [])]);

  it('fall with the number of passages that hold the word', () => {
    expect(weights.weightOf('kingdom')).toBeGreaterThan(4 * weights.weightOf('common'));
  });

  it('of words that the knowledge does not hold are those of the text that was learned from', () => {
    expect(weights.weightOf('password')).toBeCloseTo(0.5);
    expect(weights.weightOf('unheardof')).toBeGreaterThan(weights.weightOf('kingdom'));
  });
});

/** Rows as a training makes them: a word lies along its n-grams. */
function aFile(): Uint8Array {
  const rows = Array.from({ length: buckets }, (_, bucket) =>
    Float32Array.from({ length: dimensions }, (_, at) => Math.sin((bucket + 1) * (at + 3) * 1.37)),
  );
  const words = known.map((word) => {
    const row = new Float32Array(dimensions);
    eachGram(word, buckets, (bucket) => rows[bucket]!.forEach((value, at) => (row[at]! += value)));
    return { word, prior: 0.5, row };
  });
  return writeEmbedderFile({ languages: ['en', 'zh'], dimensions, bits: 4, training: {} }, { words, buckets: rows });
}

function cosine(left: Float32Array, right: Float32Array): number {
  return left.reduce((sum, value, at) => sum + value * right[at]!, 0);
}
