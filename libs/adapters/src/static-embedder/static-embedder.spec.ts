import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { KnowledgeModel, KnowledgeText } from '@docent/ports';
import { embedderTests } from '@docent/ports/testing';
import { locateWords } from './locate-words';
import { StaticEmbedder } from './static-embedder';

const embedder = new StaticEmbedder(readFileSync(path.join(import.meta.dirname, '../../../embedder/model/docent-words.bin')));
const tenant = { tenantId: 'tenant' };

embedderTests('the one in the box', () => Promise.resolve({ embedder, close: () => Promise.resolve() }));

describe('what a knowledge base teaches', () => {
  it('makes its rare words count, and its everyday ones hardly', async () => {
    const everyday = Array.from({ length: 200 }, (_, number) => `The lamp of order ${number} is a lamp.`);
    const model = await taught([...everyday, 'A lamp may be returned within thirty days.']);
    const asked = 'return the lamp';
    const before = embedder.forKnowledge(tenant, 'bot', null).explain(asked, titled('Lamp. Returned.'))!;
    const after = embedder.forKnowledge(tenant, 'bot', model).explain(asked, titled('Lamp. Returned.'))!;
    const shareOf = (word: string, { words }: typeof after) => words.find((entry) => entry.word === word)?.share ?? 0;
    expect(shareOf('lamp', after)).toBeLessThan(shareOf('lamp', before));
    expect(shareOf('return', after)).toBeGreaterThan(shareOf('return', before));
  });

  it('refuses a broken model', () => {
    const broken: KnowledgeModel = { version: 1, weights: Uint8Array.of(1, 2, 3), rows: null };
    expect(() => embedder.forKnowledge(tenant, 'bot', broken)).toThrow(/weights/);
  });
});

describe('a question', () => {
  it('is known by the words that it knows', async () => {
    const known = async (text: string) => (await embedder.forKnowledge(tenant, 'bot', null).embedQuestion(text)).known;
    expect(await known('how do I reset my password')).toBeGreaterThan(0.9);
    expect(await known('Norgwibble frumptious zzyzx')).toBeLessThan(0.3);
    expect(await known('كيف يمكنني إعادة تعيين كلمة المرور')).toBeLessThan(0.5);
    expect(await known('…')).toBe(0);
  });
});

describe('a word', () => {
  const { knows } = { knows: (word: string) => embedder.forKnowledge(tenant, 'bot', null).knows(word) };

  it.each(['password', 'Passwort', 'contraseñas', 'back', 'self-hosting'])('%s is known', (word) =>
    expect(knows(word)).toBe(true),
  );
  it.each(['pasword', 'wigdet', 'documnt', 'self-hosdting', ''])('"%s" is not', (word) => expect(knows(word)).toBe(false));
});

describe('an explanation', () => {
  it('pairs words that mean the same and shows the stretch that answers', () => {
    const filler = Array.from({ length: 150 }, (_, number) => `Paragraph ${number} tells about furniture and wood.`).join(' ');
    const text = `${filler} You can obtain your money back after a purchase. ${filler}`;
    const { words, window } = embedder.forKnowledge(tenant, 'bot', null).explain('refund', titled(text))!;
    expect(words[0]).toMatchObject({ word: 'refund', nearest: expect.stringMatching(/money|back|purchase/) as string });
    expect(text.slice(window!.start, window!.end)).toContain('money back');
    expect(window!.end - window!.start).toBeLessThan(1_000);
  });
});

describe('words of a text', () => {
  it.each([
    ['plain words', 'one two three four', 1, 3, 'two three'],
    ['a code with its parts', 'see e-mail now please', 1, 2, 'e-mail'],
    ['the rest of a text', 'one two three', 1, 60, 'two three'],
    ['nothing', '', 0, 60, ''],
  ])('are found where they stand: %s', (_name, text, from, to, found) => {
    const { start, end } = locateWords(text, from, to);
    expect(text.slice(start, end)).toBe(found);
  });

  it('are found about where they stand in a script without blanks', () => {
    const text = '我们可以在三十天之内把未使用过的商品退回给商店并且收回全部的货款但是运费由买家自己承担';
    const { start, end } = locateWords(text, 10, 20);
    expect(end - start).toBeGreaterThan(8);
    expect(end - start).toBeLessThan(14);
    expect(start).toBeGreaterThan(7);
  });
});

async function taught(texts: string[]): Promise<KnowledgeModel> {
  async function* page(): AsyncGenerator<KnowledgeText[]> {
    yield texts.map(titled);
  }
  return { version: 1, weights: await embedder.count(page()), rows: null };
}

function titled(text: string): KnowledgeText {
  return { title: '', text };
}
