import { beforeEach, describe, expect, it } from 'vitest';
import { EmbeddedIndex } from './embedded-index';

const tenant = { tenantId: 'tenant' };

describe('words that the knowledge does not hold', () => {
  let index: EmbeddedIndex;
  const find = async (text: string) => (await index.search(tenant, 'bot', { text, limit: 5 })).map(({ chunkId }) => chunkId);
  const put = (texts: Record<string, string>, language = 'en') =>
    index.put(
      tenant,
      'bot',
      Object.entries(texts).map(([chunkId, text]) => ({ chunkId, sourceId: chunkId, title: '', headings: [], text, language })),
    );

  beforeEach(async () => {
    index = new EmbeddedIndex();
    await index.open(tenant, 'bot');
    await put({
      certificate: 'A certificate is renewed every ninety days.',
      warranty: 'The warranty covers the battery for two years.',
      bank: 'A bank transfer takes a day.',
    });
  });

  it.each([
    ['certficate', 'certificate'],
    ['certifciate', 'certificate'],
    ['cerxificate', 'certificate'],
    ['certifiicate', 'certificate'],
    ['cetrifcate', 'certificate'],
    ['warrnaty', 'warranty'],
    ['batery', 'warranty'],
  ])('finds what %s was meant for', async (typo, chunk) => {
    expect(await find(typo)).toEqual([chunk]);
  });

  it.each(['back', 'days1', 'certification authority of the world', 'zzyzx'])(
    'does not take %s for another word',
    async (text) => {
      expect((await find(text)).filter((chunk) => chunk === 'bank')).toEqual([]);
    },
  );

  it('covers less with a guess than with the word itself', async () => {
    const coverage = async (text: string) => (await index.search(tenant, 'bot', { text, limit: 1 }))[0]!.coverage;
    expect(await coverage('warranty')).toBe(1);
    expect(await coverage('waranty')).toBeCloseTo(0.8);
  });

  it('trusts the neighbour of a real word less, and only one error away', async () => {
    const isWord = () => true;
    const [match] = await index.search(tenant, 'bot', { text: 'waranty', isWord, limit: 1 });
    expect(match!.coverage).toBeCloseTo(0.6);
    expect(await index.search(tenant, 'bot', { text: 'cetrifcate', isWord, limit: 1 })).toEqual([]);
  });

  it('prefers the word itself to its neighbours', async () => {
    await put({ plane: 'The plane leaves.', place: 'The place is full.' });
    expect(await find('plane')).toEqual(['plane']);
  });

  it('does not guess words of removed passages', async () => {
    await index.removeSource(tenant, 'bot', 'certificate');
    expect(await find('certficate')).toEqual([]);
  });

  it('takes a compound apart where both parts are known', async () => {
    await put({ reise: 'Eine Versicherung für die Reise.', arbeit: 'Die Arbeit braucht Zeit.', zahl: 'Zeit und Geld.' }, 'de');
    expect((await find('Was kostet die Reiseversicherung?'))[0]).toBe('reise');
    expect((await find('Wie lang ist die Arbeitszeit?'))[0]).toBe('arbeit');
  });
});
