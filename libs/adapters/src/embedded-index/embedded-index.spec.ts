import { knowledgeIndexTests } from '@docent/ports/testing';
import { eachTerm } from '@docent/language';
import type { IndexChunk, ReadPassages, WordList } from '@docent/ports';
import { describe, expect, it } from 'vitest';
import { EmbeddedIndex } from './embedded-index';

const tenant = { tenantId: 'tenant' };

describe('EmbeddedIndex', () => {
  knowledgeIndexTests(async () => new EmbeddedIndex());

  it('holds nothing for a bot that was not opened', async () => {
    const index = new EmbeddedIndex();
    await index.put(tenant, 'bot', someChunks(3));
    expect(await index.has(tenant, 'bot')).toBe(false);
    expect(await index.count(tenant, 'bot')).toBe(0);
  });

  it('finds the same in passages whose words were read elsewhere, beside others and after a removal', async () => {
    const [reading, told] = [new EmbeddedIndex(), new EmbeddedIndex()];
    const earlier = someChunks(50).map((chunk) => ({ ...chunk, chunkId: `earlier ${chunk.chunkId}`, sourceId: 'earlier' }));
    const chunks = someChunks(200).map((chunk, at) => ({ ...chunk, sourceId: 'read', title: 'Entries of a list', headings: at % 3 ? [] : [`Part ${at}`], language: 'en' }));
    for (const index of [reading, told]) {
      await index.open(tenant, 'bot');
      await index.put(tenant, 'bot', earlier);
    }
    await reading.put(tenant, 'bot', chunks.slice(0, 120));
    await reading.put(tenant, 'bot', chunks.slice(120));
    const words: WordList = { forms: [], terms: [] };
    await told.putRead(tenant, 'bot', readAs(words, chunks.slice(0, 120)));
    // What is compacted away takes its numbers along.
    for (const index of [reading, told]) await index.removeSource(tenant, 'bot', 'earlier');
    await told.putRead(tenant, 'bot', readAs(words, chunks.slice(120)));
    for (const text of ['rare17', 'common entries of the lists', 'part 33 entry third'])
      expect(await told.search(tenant, 'bot', { text, limit: 20 })).toEqual(await reading.search(tenant, 'bot', { text, limit: 20 }));
  });

  it('drops the least recently used bot when memory runs out, and says so', async () => {
    const fillThree = async (index: EmbeddedIndex): Promise<EmbeddedIndex> => {
      for (const bot of ['first', 'second']) {
        await index.open(tenant, bot);
        await index.put(tenant, bot, someChunks(300));
      }
      await index.search(tenant, 'first', { text: 'entry', limit: 1 });
      await index.open(tenant, 'third');
      await index.put(tenant, 'third', someChunks(2_000));
      return index;
    };
    const { bytes } = await fillThree(new EmbeddedIndex());
    const index = await fillThree(new EmbeddedIndex({ maxBytes: bytes - 1 }));
    const held = await Promise.all(['first', 'second', 'third'].map((bot) => index.has(tenant, bot)));
    expect(held).toEqual([true, false, true]);
    expect(index.bytes).toBeGreaterThan(0);
  });

  it('leaves the event loop free while it takes many passages', async () => {
    const index = new EmbeddedIndex();
    await index.open(tenant, 'bot');
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    await index.put(tenant, 'bot', someChunks(20_000));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(2);
    expect(await index.count(tenant, 'bot')).toBe(20_000);
  });

  it('finds the same with and without early termination', async () => {
    const index = new EmbeddedIndex({ closenessWeight: 0 });
    await index.open(tenant, 'bot');
    await index.put(tenant, 'bot', someChunks(5_000));
    const few = await index.search(tenant, 'bot', { text: 'rare17 common entry third', limit: 5 });
    const all = await index.search(tenant, 'bot', { text: 'rare17 common entry third', limit: 5_000 });
    expect(few.map((match) => match.chunkId)).toEqual(all.slice(0, 5).map((match) => match.chunkId));
    // By now the index has learned how strong each word's best passage is, and stops earlier.
    const again = await index.search(tenant, 'bot', { text: 'rare17 common entry third', limit: 5 });
    expect(again).toEqual(few);
  });

  it('answers from what is left while a large index is compacted', async () => {
    const index = new EmbeddedIndex();
    await index.open(tenant, 'bot');
    await index.put(tenant, 'bot', someChunks(6_000));
    const before = index.bytes;
    const removed = Promise.all(Array.from({ length: 9 }, (_, source) => index.removeSource(tenant, 'bot', `source${source}`)));
    const [during] = await index.search(tenant, 'bot', { text: 'common', limit: 1 });
    expect(during).toBeDefined();
    await removed;
    expect(await index.count(tenant, 'bot')).toBe(600);
    expect(
      (await index.search(tenant, 'bot', { text: 'common', limit: 1_000 })).every((match) => match.sourceId === 'source9'),
    ).toBe(true);
    expect(index.bytes).toBeLessThan(before);
  });

  it('keeps the vectors of every set through a compaction', async () => {
    const index = new EmbeddedIndex();
    await index.open(tenant, 'bot');
    await index.put(tenant, 'bot', someChunks(100));
    const vectors = (turn: number) =>
      someChunks(100).map(({ chunkId }, number) => ({
        chunkId,
        vectors: { whole: onCircle(number + turn), windows: [onCircle(number + turn)] },
      }));
    await index.putVectors(tenant, 'bot', 'one', vectors(0));
    await index.putVectors(tenant, 'bot', 'two', vectors(50));
    await index.removeSource(tenant, 'bot', 'source7');
    const nearest = async (set: string, number: number) =>
      (await index.search(tenant, 'bot', { text: '', vector: { set, values: onCircle(number), known: 1 }, limit: 1 }))[0]
        ?.chunkId;
    expect(await nearest('one', 33)).toBe('chunk33');
    expect(await nearest('one', 37)).not.toBe('chunk37');
    await index.switchVectors(tenant, 'bot', 'two');
    expect(await nearest('two', 83)).toBe('chunk33');
    expect(await nearest('one', 33)).toBeUndefined();
  });

  it('counts vectors as memory, and gives it back', async () => {
    const index = new EmbeddedIndex();
    await index.open(tenant, 'bot');
    await index.put(tenant, 'bot', someChunks(1_000));
    const before = index.bytes;
    const vectors = someChunks(1_000).map(({ chunkId }, number) => ({
      chunkId,
      vectors: { whole: onCircle(number), windows: [] },
    }));
    await index.putVectors(tenant, 'bot', 'one', vectors);
    expect(index.bytes - before).toBeGreaterThan(64_000);
    await index.switchVectors(tenant, 'bot', 'none');
    expect(index.bytes - before).toBeLessThan(64_000);
  }, 60_000);

  it('finds a passage by meaning whose language the question does not share, and by words alone what the embedder does not know', async () => {
    const index = new EmbeddedIndex();
    await index.open(tenant, 'bot');
    await index.put(tenant, 'bot', [
      { ...someChunks(1)[0]!, chunkId: 'name', text: 'Oslo is a town.' },
      { ...someChunks(1)[0]!, chunkId: 'meaning', text: 'Opening hours of the museum.' },
    ]);
    await index.putVectors(tenant, 'bot', 'one', [
      { chunkId: 'name', vectors: { whole: onCircle(50), windows: [] } },
      { chunkId: 'meaning', vectors: { whole: onCircle(11), windows: [] } },
    ]);
    const ask = async (known: number) =>
      (
        await index.search(tenant, 'bot', {
          text: 'Wann öffnet das Kunsthaus Oslo',
          vector: { set: 'one', values: onCircle(0), known },
          limit: 2,
        })
      )[0]?.chunkId;
    expect(await ask(1)).toBe('meaning');
    expect(await ask(0.02)).toBe('name');
  });
});

/** Unit vectors around a circle of a hundred places, in a plane that all numbers take part in. */
function onCircle(place: number): Float32Array {
  const angle = (place * 2 * Math.PI) / 100;
  return Float32Array.from({ length: 64 }, (_, index) => Math.cos(angle + (index * Math.PI) / 4) / Math.sqrt(32));
}

function someChunks(count: number) {
  return Array.from({ length: count }, (_, number) => ({
    chunkId: `chunk${number}`,
    sourceId: `source${number % 10}`,
    title: 'Title',
    headings: [],
    text: `Common entry ${number % 3 === 0 ? 'third ' : ''}with rare${number % 50} words${number % 7 === 0 ? ' common common' : ''}.`,
    language: 'en',
  }));
}

/** The words of passages by their numbers in a list that grows. */
function readAs(words: WordList, chunks: IndexChunk[]): ReadPassages {
  const numbers: number[] = [];
  const ends: number[] = [];
  for (const { title, headings, text } of chunks)
    for (const part of [title, headings.join('\n'), text]) {
      eachTerm(part, 'en', (term, form) => {
        const known = words.forms.findIndex((one, at) => one === form && words.terms[at] === term);
        numbers.push(known >= 0 ? known : words.forms.push(form) && words.terms.push(term) - 1);
      });
      ends.push(numbers.length);
    }
  const chunkIds = chunks.map(({ chunkId }) => chunkId);
  return { sourceId: 'read', language: 'en', chunkIds, words, numbers: Int32Array.from(numbers), ends: Int32Array.from(ends) };
}
