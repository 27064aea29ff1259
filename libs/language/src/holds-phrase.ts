/** Lower case, one blank between words, no punctuation and no accents of typography: `Don’t!` is `don t`. */
export function plainWords(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim();
}

const withoutBlanks = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Whether the words stand in the text, in this order and whole, whatever their case and what punctuation is between them. */
export function holdsPhrase(text: string, phrase: string): boolean {
  const wanted = plainWords(phrase);
  if (wanted === '') return false;
  const words = plainWords(text);
  return withoutBlanks.test(wanted) ? words.includes(wanted) : ` ${words} `.includes(` ${wanted} `);
}
