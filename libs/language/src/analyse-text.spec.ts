import { describe, expect, it } from 'vitest';
import { analyseQuestion, analyseText } from './analyse-text';

describe('analyseText', () => {
  it('drops stop words and brings forms of a word together', () => {
    expect(analyseText('The batteries were charging', 'en')).toEqual(analyseText('charge a battery', 'en').reverse());
  });

  it.each([
    ['TXN-98765-2024', 'txn-98765-2024'],
    ['$821.14', '821.14'],
    ['1,234.50 euros', '1234.50'],
    ['3,5 kg', '3.5'],
    ['C++ and C', 'c++'],
    ['F#', 'f#'],
    ['v1.2.3', 'v1.2.3'],
    ['Write to Ann.Lee@example.org.', 'ann.lee@example.org'],
    ['the U.S. Army', 'us'],
    ['a docker-compose.yml', 'docker-compose.yml'],
  ])('keeps %s findable', (text, term) => {
    expect(analyseText(text, 'en')).toContain(term);
  });

  it('finds a word with a hyphen in one piece as well, and the other way round', () => {
    expect(analyseText('by e-mail', 'en')).toEqual(
      expect.arrayContaining([...analyseText('email', 'en'), ...analyseText('mail', 'en')]),
    );
    expect(analyseQuestion('log-in', 'en', ['en']).flatMap(({ terms }) => terms)).toContain(analyseText('login', 'en')[0]);
    expect(analyseText('state-of-the-art, A-1, 2-way', 'en').filter((term) => /stateof|a1|2way/.test(term))).toEqual([]);
  });

  it('cuts scripts without spaces into pairs', () => {
    expect(analyseText('蒙古可汗')).toEqual(['蒙古', '古可', '可汗']);
    expect(analyseText('ราคา')).toEqual(['รา', 'าค', 'คา']);
    expect(analyseText('x退y')).toEqual(['x', '退', 'y']);
  });

  it('reads full-width and composed characters like their plain forms', () => {
    expect(analyseText('ＡＢＣ１２３')).toEqual(analyseText('abc123'));
    expect(analyseText('cafe\u0301', 'fr')).toEqual(analyseText('café', 'fr'));
  });

  it('finds Latin words without their accents', () => {
    expect(analyseText('contraseñas', 'es')).toEqual(analyseText('contrasena', 'es'));
    expect(analyseText('les œuvres, cœur', 'fr')).toEqual(analyseText('les oeuvres, coeur', 'fr'));
    expect(analyseText('Łódź', 'pl')).toEqual(analyseText('Lodz', 'pl'));
  });

  it.each([
    ['ar', '٢٤ يورو', '24 يورو'],
    ['ar', '۲۴', '24'],
    ['hi', '२४ घंटे', '24 घंटे'],
    ['th', '๒๔ ชั่วโมง', '24 ชั่วโมง'],
  ])('reads the digits of a script like those of keyboards (%s): %s', (language, text, plain) => {
    expect(analyseText(text, language)).toEqual(analyseText(plain, language));
    expect(analyseText(text, language)).toContain('24');
  });

  it.each(['\u2010', '\u2011'])('reads a hyphen of typesetting like that of keyboards (%j)', (hyphen) => {
    expect(analyseText(`e${hyphen}mail, TXN${hyphen}98765`, 'en')).toEqual(analyseText('e-mail, TXN-98765', 'en'));
  });

  it('reads Arabic with and without vowel signs and tatweel', () => {
    expect(analyseText('الكِتَابُ')).toEqual(analyseText('كتـــاب'));
  });

  it('keeps vowel signs of Hindi inside the word', () => {
    expect(analyseText('किताबों', 'hi')).toEqual(['किताब']);
  });

  it('cuts a word without end', () => {
    expect(analyseText('x'.repeat(1_000_000))[0]).toHaveLength(64);
  });
});

describe('analyseQuestion', () => {
  it('gives the terms of every language that the documents are in', () => {
    expect(analyseQuestion('Preise der Produkte', 'de', ['de'])).toEqual([
      { form: 'preise', terms: ['preis'] },
      { form: 'produkte', terms: ['produkt'] },
    ]);
    expect(analyseQuestion('Running', 'en', ['de'])).toEqual([{ form: 'running', terms: ['run', 'running'] }]);
  });
});
