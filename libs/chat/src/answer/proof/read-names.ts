import { normaliseText } from '@docent/language';

/**
 * Which words count as names. `capitals`: those with a capital where no sentence begins; `signs`: only what is a name by its form, such as
 * SQL, iPhone and R2D2, for where every noun has a capital; `mixed`: of these not the abbreviations, which each language has its own of.
 */
export type NameForm = 'capitals' | 'signs' | 'mixed';

const abbreviation = /^\p{Lu}{2,}$/u;
const mixed = /^(?=.*\p{L})(?:[\p{L}\p{N}]*\p{Ll}\p{Lu}[\p{L}\p{N}]*|\p{Lu}[\p{Lu}\p{N}]*\p{N}[\p{L}\p{N}]*)$/u;
const capital = /^\p{Lu}\p{Ll}+$/u;
const roman = /^[IVXLC]+$/;

/** Names that a sentence states, in lower case. */
export function namesStated(claim: string, form: NameForm): string[] {
  const names: string[] = [];
  const initials = initialsOf(claim);
  let startsSentence = true;
  for (const [word] of claim.matchAll(/[\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}\s]+/gu)) {
    if (!/[\p{L}\p{N}]/u.test(word)) {
      // Behind these a capital says nothing; quotation marks and brackets change nothing.
      if (/[.!?:;–—•*#|>/-]/.test(word)) startsSentence = true;
      continue;
    }
    const isAbbreviation =
      form !== 'mixed' && abbreviation.test(word) && !roman.test(word) && !initials.includes(word.toLowerCase());
    if (isAbbreviation || mixed.test(word) || (form === 'capitals' && !startsSentence && capital.test(word)))
      names.push(plainName(word));
    startsSentence = false;
  }
  return names;
}

/** The words of a text as names are looked up in it. */
export function namesKnown(text: string): Set<string> {
  const known = new Set<string>();
  for (const [word] of text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) known.add(plainName(word));
  return known;
}

/** Whether a name stands there, also with another ending. */
export function holdsName(known: ReadonlySet<string>, name: string): boolean {
  if (known.has(name)) return true;
  if (name.length < 4) return known.has(`${name}s`);
  const stem = name.slice(0, Math.max(4, name.length - 2));
  for (const word of known) if (word.startsWith(stem) && Math.abs(word.length - name.length) <= 3) return true;
  return false;
}

/** First letters in a row: "key-wrapping key (KWK)" explains itself. */
function initialsOf(claim: string): string {
  return [...claim.matchAll(/(?<![\p{L}\p{M}])\p{L}/gu)].join('').toLowerCase();
}

function plainName(word: string): string {
  // eslint-disable-next-line no-control-regex -- the range is the definition of ASCII
  if (/^[\u0000-\u007f]*$/.test(word)) return word.toLowerCase();
  return normaliseText(word).normalize('NFD').replace(/\p{M}/gu, '');
}
