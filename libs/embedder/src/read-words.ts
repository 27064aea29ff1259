import { normaliseText, scanWords } from '@docent/language';

/**
 * The words of a text in order, as the embedder knows them: NFKC, lower case, without the diacritics of Latin letters (visitors leave them
 * out; ё as е likewise); Chinese, Japanese, Korean and Thai as pairs of characters; codes and numbers as they are written. No stop words, no stemming: the
 * same words come out whatever the language is thought to be, and weights and n-grams do the rest.
 */
export function readWords(text: string): string[] {
  const words: string[] = [];
  // eslint-disable-next-line no-control-regex -- the range is the definition of ASCII
  const isAscii = /^[\u0000-\u007f]*$/.test(text);
  scanWords(isAscii ? text.toLowerCase() : foldLatin(normaliseText(text)), (word) => words.push(word));
  return words;
}

const latinAccents = /(?<=[a-z])[\u0300-\u036f]+/g;
const accented = /[\u00df-\u024f\u1e00-\u1eff]/g;

/** Only accented Latin letters are taken apart: other scripts stay as NFKC has them. */
function foldLatin(text: string): string {
  return text
    .replace(accented, (letter) => (letter === 'ß' ? 'ss' : letter.normalize('NFD').replace(/[\u0300-\u036f]/g, '')))
    .replace(latinAccents, '')
    .replaceAll('ё', 'е');
}
