/** What a UTF-16 unit is to the word scanner. */
export const enum CharacterClass {
  Other = 0,
  Letter = 1,
  Digit = 2,
  /** Belongs to the word before it (vowel signs, accents). */
  Mark = 3,
  /** Scripts written without spaces (and Hangul, where endings stick to the word): cut into pairs. */
  Paired = 4,
  /** Holds a code, number or address together when it stands between letters or digits. */
  Joiner = 5,
}

const joiners = "-_./@:,+'’&\\";
const paired =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}ー々〆]/u;

/** One entry per UTF-16 unit; a regular expression per character would be ten times slower. */
export const characterClasses = buildTable();

function buildTable(): Uint8Array {
  const table = new Uint8Array(65_536);
  for (let unit = 0; unit < table.length; unit++) table[unit] = classify(unit);
  return table;
}

function classify(unit: number): CharacterClass {
  // Surrogates: the planes of rare Han characters are cut into pairs, everything else up there (emoji) parts words.
  if (unit >= 0xd800 && unit <= 0xdfff)
    return (unit >= 0xd840 && unit <= 0xd888) || unit >= 0xdc00 ? CharacterClass.Paired : CharacterClass.Other;
  const character = String.fromCharCode(unit);
  if (joiners.includes(character)) return CharacterClass.Joiner;
  if (paired.test(character) && /[\p{L}\p{M}\p{Nl}ー々〆]/u.test(character)) return CharacterClass.Paired;
  if (/\p{L}/u.test(character)) return CharacterClass.Letter;
  if (/\p{Nd}/u.test(character)) return CharacterClass.Digit;
  // Joined controls (zero-width joiner and non-joiner) are part of Indic and Persian words.
  return /[\p{M}\u200c\u200d]/u.test(character) ? CharacterClass.Mark : CharacterClass.Other;
}
