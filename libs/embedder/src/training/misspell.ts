import type { SeededRandom } from './seeded-random';

const latin = 'abcdefghijklmnopqrstuvwxyz';

/** A word with one letter left out, swapped with the next or replaced; words under five letters stay as they are. */
export function misspell(word: string, random: SeededRandom): string {
  const letters = [...word];
  if (letters.length < 5) return word;
  const at = random.below(letters.length - 1);
  const kind = random.below(3);
  const alphabet = /^[a-z]/i.test(word) ? latin : letters;
  if (kind === 0) letters.splice(at, 1);
  else if (kind === 1) [letters[at], letters[at + 1]] = [letters[at + 1]!, letters[at]!];
  else letters[at] = alphabet[random.below(alphabet.length)]!;
  return letters.join('');
}

/** A question with one typo in each of two words of five letters or more, where it has them. */
export function misspellQuestion(question: string, random: SeededRandom): string {
  const words = question.split(/(\s+)/);
  const long = words.map((word, at) => (/^[\p{L}\p{M}]{5,}\p{P}*$/u.test(word) ? at : -1)).filter((at) => at >= 0);
  for (let count = 0; count < 2 && long.length > 0; count++) {
    const [at] = long.splice(random.below(long.length), 1);
    const [, letters, rest] = /^([\p{L}\p{M}]+)(.*)$/su.exec(words[at!]!)!;
    words[at!] = misspell(letters!, random) + rest!;
  }
  return words.join('');
}
