import { expect, it } from 'vitest';
import { answerLanguages, answerTexts, foreignQuoteText, noAnswerText } from './answer-texts';

it('has its own words in ten languages, each different from English', () => {
  expect([...answerLanguages].sort()).toEqual(['ar', 'de', 'en', 'es', 'fr', 'hi', 'ja', 'ru', 'th', 'zh']);
  for (const language of answerLanguages.filter((code) => code !== 'en')) {
    for (const [name, words] of Object.entries(answerTexts(language)))
      expect(words).not.toBe(Reflect.get(answerTexts('en'), name));
  }
});

it('understands regions and falls back to English', () => {
  expect(noAnswerText('de-AT')).toBe(noAnswerText('de'));
  expect(noAnswerText('xx')).toBe(noAnswerText('en'));
  expect(noAnswerText(null)).toBe(noAnswerText('en'));
});

it('lists the closest topics', () => {
  expect(noAnswerText('en', ['Returns', 'Shipping'])).toMatch(/:\n- Returns\n- Shipping$/);
});

it('names the language of a quote in the words of the visitor', () => {
  expect(foreignQuoteText('de-AT', 'en')).toContain('Englisch');
  expect(foreignQuoteText('fr', 'en')).toContain('anglais');
  expect(foreignQuoteText('ja', 'de')).toContain('ドイツ語');
  expect(foreignQuoteText('xx', 'de')).toBe(foreignQuoteText('en', 'de'));
  for (const language of answerLanguages) expect(foreignQuoteText(language, 'en')).not.toContain('{');
});
