import { describe, expect, it } from 'vitest';
import { analyseQuestion } from './analyse-text';
import { stemWord } from './stem-word';
import { visitorWords } from './visitor-words';
import { compoundParts, wordsElsewhere } from './words-elsewhere';

describe('words of visitors in other languages', () => {
  it.each([
    ['kollegen', 'de', 'en', 'colleague'],
    ['contraseñas', 'es', 'en', 'passwords'],
    ['supprimer', 'fr', 'en', 'delete'],
    ['invite', 'en', 'de', 'einladen'],
    ['couleur', 'fr', 'nl', 'kleuren'],
  ])('%s (%s) is in %s also %s', (word, language, other, expected) => {
    expect(wordsElsewhere(stemWord(word, language).term, language, other)).toContain(stemWord(expected, other).term);
  });

  it('has none for a word that visitors rarely use, in the same language, or in one that it does not know', () => {
    expect(wordsElsewhere('photosynthes', 'de', 'en')).toEqual([]);
    expect(wordsElsewhere('kolleg', 'de', 'de')).toEqual([]);
    expect(wordsElsewhere('kolleg', 'de', 'ru')).toEqual([]);
    expect(wordsElsewhere('kolleg', null, 'en')).toEqual([]);
  });

  it('has every meaning in seven languages', () => {
    for (const line of visitorWords.trim().split('\n'))
      expect(
        line.split('|').filter((cell) => cell.trim() !== ''),
        line,
      ).toHaveLength(7);
  });

  it.each([
    ['nachrichtenlimit', 'de', ['nachrichten', 'limit']],
    ['dateigröße', 'de', ['datei', 'größe']],
    ['rückerstattung', 'de', null],
    ['password', 'en', null],
  ])('takes %s (%s) apart into %j', (word, language, parts) => {
    expect(compoundParts(word, language)).toEqual(parts);
  });

  it('is found under the words of the documents, and under its own in documents of its own language', () => {
    const [invite, colleague] = analyseQuestion('Wie lade ich Kollegen ein?', 'de', ['en']);
    expect(invite!.terms).toContain('invit');
    expect(colleague!.elsewhere).toContainEqual({ term: 'colleagu', language: 'en' });
    expect(analyseQuestion('Wie lade ich Kollegen ein?', 'de', ['de']).map(({ terms }) => terms)).toEqual([['lad'], ['kolleg']]);
    expect(analyseQuestion('Nachrichtenlimit', 'de', ['en']).map(({ form }) => form)).toEqual(['nachrichten', 'limit']);
    expect(analyseQuestion('Nachrichtenlimit', 'de', ['de'])).toHaveLength(1);
  });

  it('is found as one word where the visitor took a compound apart', () => {
    const [reise, versicherung] = analyseQuestion('Reise Versicherung', 'de', ['de']);
    expect(reise!.terms).toContain('reiseversicher');
    expect(versicherung!.terms).toContain('reiseversicher');
    expect(analyseQuestion('Versicherung Schutz', 'de', ['de'])[0]!.terms).toContain(stemWord('versicherungsschutz', 'de').term);
    expect(analyseQuestion('Reise mit Versicherung', 'de', ['de'])[0]!.terms).toEqual(['reis']);
    expect(analyseQuestion('travel insurance', 'en', ['en'])[0]!.terms).toEqual(['travel']);
  });
});
