import { normaliseText } from '@docent/language';

/** Letters of any case that make a name also where nouns have capitals: SQL, iPhone, R2D2. */
const signs = /^(?:\p{Lu}{2,}[\p{L}\p{N}]*|[\p{L}\p{N}]*\p{Ll}\p{Lu}[\p{L}\p{N}]*)$/u;
const capital = /^\p{Lu}\p{Ll}+$/u;

/**
 * Names that a sentence states, in lower case: capitals where no sentence begins. In German, where every noun has one, and between
 * languages, where names are written differently, only what is a name by its form (`onlySigns`).
 */
export function namesStated(claim: string, onlySigns: boolean): string[] {
  const names: string[] = [];
  let startsSentence = true;
  for (const match of claim.matchAll(/[\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}\s]+/gu)) {
    const [word] = match;
    if (!/[\p{L}\p{N}]/u.test(word)) {
      // Behind these a capital says nothing; quotation marks and brackets change nothing.
      if (/[.!?:;–—•*#|>/-]/.test(word)) startsSentence = true;
      continue;
    }
    if (signs.test(word) || (!onlySigns && !startsSentence && capital.test(word))) names.push(plainName(word));
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

/** Whether a name stands there, also with another ending: Norwegian by Norway no, Paris' by Paris yes. */
export function holdsName(known: ReadonlySet<string>, name: string): boolean {
  if (known.has(name)) return true;
  if (name.length < 4) return known.has(`${name}s`);
  const stem = name.slice(0, Math.max(4, name.length - 2));
  for (const word of known) if (word.startsWith(stem) && Math.abs(word.length - name.length) <= 3) return true;
  return false;
}

function plainName(word: string): string {
  // eslint-disable-next-line no-control-regex -- the range is the definition of ASCII
  if (/^[\u0000-\u007f]*$/.test(word)) return word.toLowerCase();
  return normaliseText(word).normalize('NFD').replace(/\p{M}/gu, '');
}
