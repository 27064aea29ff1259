import { normaliseText, scanWords } from '@docent/language';

const negation =
  /^(?:not|never|no|none|cannot|without|neither|nor|nicht|kein\p{L}*|nie|niemals|ohne|weder|nunca|sin|jamás|tampoco|ningún|ninguna|ne|pas|jamais|sans|aucun\p{L}*|не|нет|никогда|без|нельзя|لا|ليس|ليست|لم|لن|غير|بدون|नहीं|न|बिना|मत|\p{L}+n['’]t|n['’]\p{L}*)$/u;
/** Within a run of signs without blanks. */
const wideNegation = /不|没|沒|无|無|未|ない|ません|なく|ไม่/u;

/** Words on each side of a denial that tell what it denies. */
const reach = 3;
/** So many of them must stand in the other text, otherwise the two speak of different things, or one leaves this out. */
const leastSharedBeside = 0.66;
const leastBeside = 3;
/** And so much of the claim must stand in the source at all. */
const leastShared = 0.5;

/** Whether claim and source say nearly the same, and only one of them denies it. */
export function contradicts(claim: string, source: string): boolean {
  const [said, there] = [read(claim), read(source)];
  if (said.denials.length === 0 && there.denials.length === 0) return false;
  const shared = said.words.filter((word) => there.known.has(word)).length;
  if (shared < said.words.length * leastShared) return false;
  return deniesAlone(said, there) || deniesAlone(there, said);
}

interface ReadText {
  words: string[];
  known: Set<string>;
  /** For each denial the words beside it. */
  denials: string[][];
}

function read(text: string): ReadText {
  const words: string[] = [];
  const places: number[] = [];
  for (const word of wordsOf(text)) {
    if (negation.test(word) || (wideNegation.test(word) && /[^\p{ASCII}]/u.test(word))) places.push(words.length);
    else words.push(word);
  }
  return { words, known: new Set(words), denials: places.map((at) => words.slice(Math.max(0, at - reach), at + reach)) };
}

function deniesAlone(one: ReadText, other: ReadText): boolean {
  return one.denials.some((beside) => {
    const shared = beside.filter((word) => other.known.has(word));
    if (shared.length < Math.max(leastBeside, beside.length * leastSharedBeside)) return false;
    return !other.denials.some((others) => others.some((word) => shared.includes(word)));
  });
}

/** Words with their apostrophes; what has no blanks as pairs of signs. */
function* wordsOf(text: string): Generator<string> {
  for (const [run] of normaliseText(text).matchAll(/[\p{L}\p{M}\p{N}'’]+/gu)) {
    if (!/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(run)) yield run;
    else yield* pairsOf(run);
  }
}

function pairsOf(run: string): string[] {
  const pairs: string[] = [];
  scanWords(run, (word) => pairs.push(word));
  return pairs;
}
