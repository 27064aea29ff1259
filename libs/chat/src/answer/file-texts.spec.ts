import { expect, it } from 'vitest';
import { answerLanguages } from './answer-texts';
import { fileTextLanguages, fileTexts } from './file-texts';

it('speaks every language that answers speak', () => {
  expect(fileTextLanguages).toEqual(answerLanguages);
  for (const language of fileTextLanguages) expect(new Set(Object.values(fileTexts(language))).size, language).toBe(2);
  expect(fileTexts('de-AT')).toBe(fileTexts('de'));
  expect(fileTexts('xx')).toBe(fileTexts(null));
});
