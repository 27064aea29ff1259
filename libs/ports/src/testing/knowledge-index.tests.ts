import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { PassageVectors } from '../embedder';
import type { IndexChunk, KnowledgeIndex } from '../knowledge-index';

/** What every knowledge index promises. */
export function knowledgeIndexTests(create: () => Promise<KnowledgeIndex>): void {
  let index: KnowledgeIndex;
  let tenant: { tenantId: string };
  let bot: string;

  beforeEach(async () => {
    index = await create();
    tenant = { tenantId: randomUUID() };
    bot = randomUUID();
    await index.open(tenant, bot);
  });

  const find = async (text: string, scope = tenant, botId = bot): Promise<string[]> =>
    (await index.search(scope, botId, { text, limit: 10 })).map((match) => match.chunkId);

  describe('finding', () => {
    it('puts the passage first that holds the rare words of the question', async () => {
      const refund = aChunk({ text: 'A refund is paid back within fourteen days.' });
      await index.put(tenant, bot, [
        aChunk({ text: 'Our shop is open from nine to five.' }),
        refund,
        aChunk({ text: 'Parcels leave the shop daily.' }),
      ]);
      expect((await find('When is my refund paid?'))[0]).toBe(refund.chunkId);
    });

    it('finds a passage by its title and by its headings', async () => {
      const byTitle = aChunk({ title: 'Warranty', text: 'Two years from the day of purchase.' });
      const byHeading = aChunk({ headings: ['Delivery', 'Islands'], text: 'Add three days.' });
      await index.put(tenant, bot, [byTitle, byHeading]);
      expect(await find('warranty')).toEqual([byTitle.chunkId]);
      expect(await find('delivery to islands')).toEqual([byHeading.chunkId]);
    });

    it.each([
      ['en', 'The batteries are charging slowly.', 'charge battery'],
      ['es', 'Las baterías se cargan lentamente.', 'carga de la batería'],
      ['de', 'Die Häuser wurden verkauft.', 'Haus verkaufen'],
      ['fr', "Les abonnements sont annulés depuis l'espace client.", 'annuler un abonnement'],
      ['ru', 'Возврат денег занимает несколько дней.', 'деньги вернуть возвратом'],
      ['ar', 'يمكنك إلغاء الاشتراكات من صفحة الحساب.', 'الغاء الاشتراك'],
      ['hi', 'किताबों की कीमतें बदल गई हैं।', 'किताब कीमत'],
      ['zh', '退款将在十四天内到账。', '什么时候退款'],
      ['ja', '返金は十四日以内に行われます。', '返金はいつですか'],
      ['th', 'การคืนเงินใช้เวลาสิบสี่วัน', 'คืนเงินเมื่อไหร่'],
    ])('finds passages in %s', async (language, text, question) => {
      const wanted = aChunk({ text, language });
      await index.put(tenant, bot, [wanted, aChunk({ text: 'Nothing of the kind stands here.', language: 'en' })]);
      expect((await find(question))[0]).toBe(wanted.chunkId);
    });

    it.each(['TXN-98765-2024', '$821.14', 'C++', 'v1.2.3', 'ann.lee@example.org', '192.168.0.17'])(
      'finds %s as it is written',
      async (code) => {
        const wanted = aChunk({ text: `It says ${code} there.` });
        const others = ['TXN-98766-2024 and 821.15', 'C is not C#, v1.2.4', 'bob@example.org, 192.168.0.18'].map((text) =>
          aChunk({ text }),
        );
        await index.put(tenant, bot, [...others, wanted]);
        expect((await find(code))[0]).toBe(wanted.chunkId);
      },
    );

    it('says how well a passage matches: best first, scores from 0 to 1, coverage by weight', async () => {
      const both = aChunk({ text: 'The blue whale is the largest animal.' });
      const one = aChunk({ text: 'A whale sings.' });
      await index.put(tenant, bot, [one, both, aChunk({ text: 'Trains and timetables.' })]);
      const matches = await index.search(tenant, bot, { text: 'blue whale', limit: 10 });
      expect(matches.map((match) => match.chunkId)).toEqual([both.chunkId, one.chunkId]);
      expect(matches[0]).toMatchObject({ score: 1, coverage: 1, vectorScore: null, sourceId: both.sourceId });
      expect(matches[1]!.score).toBeLessThan(1);
      expect(matches[1]!.coverage).toBeGreaterThan(0);
      expect(matches[1]!.coverage).toBeLessThan(0.6);
    });

    it('lets earlier turns help a follow-up question', async () => {
      const wanted = aChunk({ text: 'The price of the annual plan is 90 euros.' });
      const other = aChunk({ text: 'The price of a parcel is 5 euros.' });
      await index.put(tenant, bot, [other, wanted]);
      const context = [{ text: 'Tell me about the annual plan', weight: 0.5 }];
      expect((await index.search(tenant, bot, { text: 'And the price?', context, limit: 1 }))[0]!.chunkId).toBe(wanted.chunkId);
    });

    it('gives at most as many as asked for, and nothing without a known word', async () => {
      await index.put(
        tenant,
        bot,
        Array.from({ length: 30 }, (_, number) => aChunk({ text: `Common words, number ${number}.` })),
      );
      expect(await index.search(tenant, bot, { text: 'common words', limit: 7 })).toHaveLength(7);
      for (const text of ['', '   ', '???', 'zzyzx quux', 'the of and']) expect(await find(text)).toEqual([]);
    });

    it('weighs a rare word above a common one and an unknown one highest', async () => {
      await index.put(
        tenant,
        bot,
        ['apple pear', 'apple plum', 'apple cherry'].map((text) => aChunk({ text, language: null })),
      );
      const [apple, plum, unknown] = await index.weigh(tenant, bot, ['apple', 'plum', 'zzyzx']);
      expect(plum).toBeGreaterThan(apple!);
      expect(unknown).toBeGreaterThan(plum!);
    });
  });

  describe('vectors', () => {
    const about = (...values: number[]) => ({ set: 'one', values: unit(...values), known: 1 });
    const bring = (set: string, ...entries: [IndexChunk, PassageVectors][]) =>
      index.putVectors(
        tenant,
        bot,
        set,
        entries.map(([{ chunkId }, vectors]) => ({ chunkId, vectors })),
      );

    it('finds by meaning alone, by the whole passage and its best window', async () => {
      const near = aChunk({ text: 'Canines' });
      const far = aChunk({ text: 'Teapots' });
      await index.put(tenant, bot, [far, near]);
      await bring(
        'one',
        [far, whole(0, 0, 1, 0)],
        [near, { ...whole(1, 1, 0, 0), windows: [unit(0, 1, 0, 0), unit(1, 0.1, 0, 0)] }],
      );
      const [match] = await index.search(tenant, bot, { text: 'dogs', vector: about(1, 0, 0, 0), limit: 5 });
      expect(match).toMatchObject({ chunkId: near.chunkId, lexicalScore: 0, lexicalRank: null, vectorRank: 1, window: 1 });
      expect(match!.vectorScore).toBeCloseTo((Math.SQRT1_2 + 0.995) / 2, 2);
    });

    it('puts what matches by word and by meaning before what matches by one', async () => {
      const both = aChunk({ text: 'Dogs bark.' });
      const word = aChunk({ text: 'Hot dogs.' });
      const meaning = aChunk({ text: 'Puppies yelp.' });
      await index.put(tenant, bot, [word, meaning, both]);
      await bring('one', [both, whole(1, 0.2, 0, 0)], [word, whole(0, 0, 1, 0)], [meaning, whole(1, 0, 0.1, 0)]);
      const matches = await index.search(tenant, bot, { text: 'dogs', vector: about(1, 0, 0, 0), limit: 5 });
      expect(matches.map((match) => match.chunkId)[0]).toBe(both.chunkId);
      expect(matches.map((match) => match.chunkId)).toContain(meaning.chunkId);
      for (const match of matches) expect(match.score).toBeLessThanOrEqual(1);
    });

    it('tells the places of a passage by words and by meaning', async () => {
      const word = aChunk({ text: 'Dogs, dogs and more dogs.' });
      const meaning = aChunk({ text: 'Puppies yelp at a dog.' });
      await index.put(tenant, bot, [word, meaning]);
      await bring('one', [word, whole(0.3, 1, 0, 0)], [meaning, whole(1, 0, 0, 0)]);
      const matches = await index.search(tenant, bot, { text: 'dogs', vector: about(1, 0, 0, 0), limit: 5 });
      const places = Object.fromEntries(
        matches.map(({ chunkId, lexicalRank, vectorRank }) => [chunkId, [lexicalRank, vectorRank]]),
      );
      expect(places).toEqual({ [word.chunkId]: [1, 2], [meaning.chunkId]: [2, 1] });
    });

    it('finds passages that have no vectors yet by their words', async () => {
      const old = aChunk({ text: 'Puppies.' });
      const fresh = aChunk({ text: 'Dogs bark.' });
      await index.put(tenant, bot, [old, fresh]);
      await bring('one', [old, whole(1, 0, 0, 0)]);
      const matches = await index.search(tenant, bot, { text: 'dogs', vector: about(1, 0, 0, 0), limit: 5 });
      expect(matches.find(({ chunkId }) => chunkId === fresh.chunkId)).toMatchObject({
        vectorScore: null,
        vectorRank: null,
        window: null,
      });
    });

    it('never compares vectors of two sets: another one grows unseen, and takes over in one step', async () => {
      const [one, other] = [aChunk({ text: 'Canines' }), aChunk({ text: 'Teapots' })];
      const nearest = async (set: string) =>
        (await index.search(tenant, bot, { text: 'dogs', vector: { ...about(1, 0, 0, 0), set }, limit: 1 })).map(
          ({ chunkId }) => chunkId,
        );
      await index.put(tenant, bot, [one, other]);
      expect(await index.vectorSet(tenant, bot)).toBeNull();
      await bring('one', [one, whole(1, 0, 0, 0)], [other, whole(0, 1, 0, 0)]);
      await bring('two', [one, whole(0, 1, 0, 0)], [other, whole(1, 0, 0, 0)]);
      expect(await index.vectorSet(tenant, bot)).toBe('one');
      expect([await nearest('one'), await nearest('two')]).toEqual([[one.chunkId], []]);
      await index.switchVectors(tenant, bot, 'two');
      expect(await index.vectorSet(tenant, bot)).toBe('two');
      expect([await nearest('one'), await nearest('two')]).toEqual([[], [other.chunkId]]);
      // What was dropped is gone: the name alone brings nothing back.
      await index.switchVectors(tenant, bot, 'one');
      expect(await nearest('one')).toEqual([]);
    });

    it('takes vectors of other dimensions in a set of their own', async () => {
      const chunk = aChunk({ text: 'Canines' });
      await index.put(tenant, bot, [chunk]);
      await bring('one', [chunk, whole(1, 0, 0, 0)]);
      await bring('long', [chunk, whole(0, 0, 1, 0, 0, 1)]);
      await index.switchVectors(tenant, bot, 'long');
      const vector = { set: 'long', values: unit(0, 0, 1, 0, 0, 1), known: 1 };
      expect(await index.search(tenant, bot, { text: 'dogs', vector, limit: 1 })).toMatchObject([{ chunkId: chunk.chunkId }]);
    });

    it('ignores vectors of passages that it does not hold, and forgets those of removed ones', async () => {
      const [kept, gone, stranger] = [aChunk({ text: 'Canines' }), aChunk({ text: 'Puppies' }), aChunk({ text: 'Nowhere' })];
      await index.put(tenant, bot, [kept, gone]);
      await bring('one', [kept, whole(0.5, 1, 0, 0)], [gone, whole(1, 0, 0, 0)], [stranger, whole(1, 0, 0, 0)]);
      const found = async () =>
        (await index.search(tenant, bot, { text: 'dogs', vector: about(1, 0, 0, 0), limit: 9 })).map(({ chunkId }) => chunkId);
      expect(await found()).toEqual([gone.chunkId, kept.chunkId]);
      await index.removeSource(tenant, bot, gone.sourceId);
      expect(await found()).toEqual([kept.chunkId]);
      // The same passage again comes without its former vectors.
      await index.put(tenant, bot, [gone]);
      expect(await found()).toEqual([kept.chunkId]);
    });

    it('gives back the vectors of whole passages in a set, near to what they were, and no others', async () => {
      const [kept, other] = [aChunk({ text: 'Canines' }), aChunk({ text: 'Teapots' })];
      await index.put(tenant, bot, [kept, other]);
      const long = unit(...Array.from({ length: 40 }, (_, at) => Math.sin(at * at)));
      await bring('one', [kept, { whole: long, windows: [unit(...long.map((value, at) => value + at))] }]);
      await bring('two', [kept, whole(0, 1, 0, 0)], [other, whole(1, 0, 0, 0)]);
      const given = await index.vectorsOf(tenant, bot, 'one', [kept.chunkId, other.chunkId, 'nowhere']);
      expect([...given.keys()]).toEqual([kept.chunkId]);
      const vector = given.get(kept.chunkId)!;
      expect(vector).toHaveLength(40);
      expect(vector.reduce((sum, value, at) => sum + value * long[at]!, 0)).toBeGreaterThan(0.98);
      expect(await index.vectorsOf(tenant, bot, 'three', [kept.chunkId])).toEqual(new Map());
      expect(await index.vectorsOf({ tenantId: randomUUID() }, bot, 'one', [kept.chunkId])).toEqual(new Map());
    });

    it('has neither vectors nor a set after the bot was removed', async () => {
      const chunk = aChunk({ text: 'Canines' });
      await index.put(tenant, bot, [chunk]);
      await bring('one', [chunk, whole(1, 0, 0, 0)]);
      await index.removeBot(tenant, bot);
      await index.open(tenant, bot);
      await index.put(tenant, bot, [chunk]);
      expect(await index.vectorSet(tenant, bot)).toBeNull();
      expect(await index.search(tenant, bot, { text: 'dogs', vector: about(1, 0, 0, 0), limit: 9 })).toEqual([]);
    });
  });

  describe('changing', () => {
    it('replaces a passage by its id', async () => {
      const chunk = aChunk({ text: 'The old price is seven.' });
      await index.put(tenant, bot, [chunk]);
      await index.put(tenant, bot, [{ ...chunk, text: 'It costs eight now.' }]);
      expect(await index.count(tenant, bot)).toBe(1);
      expect(await find('old')).toEqual([]);
      expect(await find('eight')).toEqual([chunk.chunkId]);
    });

    it('removes exactly one source, its words included', async () => {
      const gone = randomUUID();
      const kept = aChunk({ text: 'Shared words stay here.' });
      await index.put(tenant, bot, [
        aChunk({ sourceId: gone, text: 'Shared secret one.' }),
        kept,
        aChunk({ sourceId: gone, text: 'Secret two.' }),
      ]);
      expect(await index.count(tenant, bot, gone)).toBe(2);
      await index.removeSource(tenant, bot, gone);
      expect(await index.count(tenant, bot, gone)).toBe(0);
      expect(await index.count(tenant, bot)).toBe(1);
      expect(await find('secret shared')).toEqual([kept.chunkId]);
      expect((await index.weigh(tenant, bot, ['secret']))[0]).toBe((await index.weigh(tenant, bot, ['zzyzx']))[0]);
    });

    it('takes changes that are asked for at the same time one after the other', async () => {
      const source = randomUUID();
      const chunks = Array.from({ length: 40 }, (_, number) => aChunk({ sourceId: source, text: `Entry number ${number}.` }));
      await Promise.all([
        index.put(tenant, bot, chunks),
        index.removeSource(tenant, bot, source),
        index.put(tenant, bot, [aChunk({ text: 'Last entry.' })]),
      ]);
      expect(await index.count(tenant, bot)).toBe(1);
    });

    it('counts nothing after the bot was removed', async () => {
      await index.put(tenant, bot, [aChunk({ text: 'Anything.' })]);
      await index.removeBot(tenant, bot);
      expect(await index.count(tenant, bot)).toBe(0);
      expect(await find('anything')).toEqual([]);
    });
  });

  describe('isolation', () => {
    it('never reaches into another tenant or another bot, even with the same ids', async () => {
      const stranger = { tenantId: randomUUID() };
      const sibling = randomUUID();
      await index.open(stranger, bot);
      await index.open(tenant, sibling);
      const shared = aChunk({ text: 'Ours alone: pineapple.' });
      await index.put(tenant, bot, [shared]);
      await index.put(stranger, bot, [{ ...shared, text: 'Theirs: coconut.' }]);
      await index.put(tenant, sibling, [{ ...shared, text: 'Sibling: papaya.' }]);
      expect([await find('pineapple'), await find('coconut papaya')]).toEqual([[shared.chunkId], []]);
      expect([await find('coconut', stranger), await find('pineapple papaya', stranger)]).toEqual([[shared.chunkId], []]);
      expect(await find('papaya', tenant, sibling)).toEqual([shared.chunkId]);
      await index.removeSource(tenant, bot, shared.sourceId);
      expect([await index.count(tenant, bot), await index.count(stranger, bot), await index.count(tenant, sibling)]).toEqual([
        0, 1, 1,
      ]);
      await index.removeBot(stranger, bot);
      expect(await index.count(tenant, sibling)).toBe(1);
    });

    it('takes vectors of another scope no more than words', async () => {
      const stranger = { tenantId: randomUUID() };
      await index.open(stranger, bot);
      const theirs = aChunk({ text: 'Theirs.' });
      await index.put(stranger, bot, [theirs]);
      await index.putVectors(stranger, bot, 'one', [{ chunkId: theirs.chunkId, vectors: whole(1, 0, 0, 0) }]);
      const vector = { set: 'one', values: unit(1, 0, 0, 0), known: 1 };
      expect(await index.vectorSet(tenant, bot)).toBeNull();
      expect(await index.search(tenant, bot, { text: 'theirs', vector, limit: 5 })).toEqual([]);
      expect(await index.weigh(tenant, bot, ['their'])).toEqual(await index.weigh(tenant, bot, ['zzyzx']));
    });
  });

  describe('hostile input', () => {
    it.each([
      ['a word of a million letters', 'a'.repeat(1_000_000)],
      ['a million different words', Array.from({ length: 150_000 }, (_, number) => `w${number}`).join(' ')],
      ['control characters and lone surrogates', '\u0000\u0001\ud800 \udfff pineapple \u202e'],
      ['words that are properties of objects', '__proto__ constructor toString hasOwnProperty'],
    ])('takes %s as passage and as question', async (_, text) => {
      await index.put(tenant, bot, [aChunk({ text: text.slice(0, 200_000) }), aChunk({ text: 'A pineapple.' })]);
      expect(await index.count(tenant, bot)).toBe(2);
      expect(Array.isArray(await find(text))).toBe(true);
      expect(await find('pineapple')).not.toEqual([]);
    });

    it('finds words that are properties of objects like any other', async () => {
      const chunk = aChunk({ text: 'The constructor and __proto__ of an object.' });
      await index.put(tenant, bot, [chunk, aChunk({ text: 'Else.' })]);
      expect(await find('__proto__ constructor')).toEqual([chunk.chunkId]);
      expect(await find('toString hasOwnProperty valueOf')).toEqual([]);
    });
  });
}

function aChunk(part: Partial<IndexChunk>): IndexChunk {
  return { chunkId: randomUUID(), sourceId: randomUUID(), title: '', headings: [], text: '', language: 'en', ...part };
}

function whole(...values: number[]): PassageVectors {
  return { whole: unit(...values), windows: [] };
}

function unit(...values: number[]): Float32Array {
  const length = Math.hypot(...values);
  return Float32Array.from(values, (value) => value / length);
}
