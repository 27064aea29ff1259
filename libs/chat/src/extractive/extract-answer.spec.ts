import { describe, expect, it } from 'vitest';
import { composeText } from './compose-text';
import { extractAnswer } from './extract-answer';
import type { ExtractInput, ExtractPassage } from './extract-types';
import { questionTerms } from './read-question';

const shipping = `# Shipping\n\nWe send parcels with DHL and UPS. A parcel to Austria arrives within three working days. Islands take a week longer.`;
const password = `Passwords are kept safe.\n\nTo reset your password:\n\n1. Open the sign-in page\n2. Click "Forgot password"\n3. Follow the link in the e-mail\n\nLinks are valid for one hour.`;
const german =
  'Unsere Zentrale steht in Linz. Gegründet wurde die Firma im Jahr 1987 von Maria Huber. Heute arbeiten hier 240 Menschen.';

describe('extractAnswer', () => {
  it('quotes the sentence that answers, verbatim', async () => {
    const answer = await ask('How long does a parcel to Austria take?', [aPassage(shipping)]);
    expect(answer.answered).toBe(true);
    expect(answer.sentences.map((sentence) => sentence.quote)).toContain(
      'A parcel to Austria arrives within three working days.',
    );
    for (const { start, end, quote } of answer.sentences) expect(shipping.slice(start, end)).toBe(quote);
  });

  it('refuses what the passages do not speak of, and offers what there is', async () => {
    const answer = await ask('Who won the football world cup in Brazil?', [
      aPassage(shipping, { headings: ['Shipping'], lexicalScore: 0.4 }),
    ]);
    expect(answer).toMatchObject({ answered: false, sentences: [], closestTopics: ['Shipping'] });
  });

  it('gives the steps as a whole', async () => {
    const answer = await ask('How do I reset my password?', [aPassage(password)]);
    expect(answer.sentences[0]!.quote).toBe(
      'To reset your password:\n\n1. Open the sign-in page\n2. Click "Forgot password"\n3. Follow the link in the e-mail',
    );
  });

  it('prefers the sentence that holds the kind of thing asked for', async () => {
    expect((await ask('Wann wurde die Firma gegründet?', [aPassage(german, { language: 'de' })])).sentences[0]!.quote).toContain(
      '1987',
    );
    expect(
      (await ask('Wie viele Menschen arbeiten hier?', [aPassage(german, { language: 'de' })])).sentences[0]!.quote,
    ).toContain('240');
  });

  it('gives the answer that the owner wrote for this question, whole', async () => {
    const text = 'Do you ship to islands?\n\nYes. It costs five euros more. Ask us for the Azores.';
    const owned = aPassage(text, { answer: { question: 'Do you ship to islands?', start: 25, end: text.length } });
    const answer = await ask('do you also ship to the islands', [aPassage(shipping), owned]);
    expect(answer.sentences).toEqual([
      { passageIndex: 1, start: 25, end: text.length, quote: 'Yes. It costs five euros more. Ask us for the Azores.' },
    ]);
  });

  it.each(['', '???', 'the of and', '🙂'])('does not answer "%s"', async (question) => {
    expect((await ask(question, [aPassage(shipping)])).answered).toBe(false);
  });

  it('does not answer without passages', async () => {
    expect(await ask('How long does a parcel take?', [])).toEqual({
      answered: false,
      sentences: [],
      confidence: 0,
      foreignLanguage: null,
      closestTopics: [],
    });
  });

  it('looks for two hundred words of a question, not for thousands', () => {
    const characters = Array.from({ length: 4_000 }, (_, at) => String.fromCharCode(0x4e00 + at)).join('');
    expect(questionTerms(characters, ['zh']).length).toBeLessThanOrEqual(201);
  });

  it('quotes every sentence once', async () => {
    const { sentences } = await ask('parcel Austria islands DHL UPS week', [aPassage(shipping), aPassage(shipping)]);
    expect(new Set(sentences.map(({ passageIndex, start }) => `${passageIndex}:${start}`)).size).toBe(sentences.length);
  });
});

describe('composeText', () => {
  it('puts the number of its citation behind each sentence', () => {
    const sentence = { passageIndex: 0, start: 0, end: 1, quote: 'One.' };
    expect(composeText([sentence, { ...sentence, quote: 'Two.' }], [1, 2])).toBe('One. [1] Two. [2]');
  });
});

function ask(question: string, passages: ExtractPassage[]) {
  const terms = questionTerms(
    question,
    passages.map((passage) => passage.language),
  );
  const weights = new Map(terms.map((term) => [term, term === '' ? 6 : 4]));
  return extractAnswer({ question, language: null, passages, weights, meaning: null } satisfies ExtractInput);
}

function aPassage(text: string, part: Partial<ExtractPassage> = {}): ExtractPassage {
  return { text, title: '', headings: [], language: 'en', score: 1, lexicalScore: 16, vectorScore: null, ...part };
}
