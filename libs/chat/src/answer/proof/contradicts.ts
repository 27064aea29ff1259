import { scanWords, normaliseText } from '@docent/language';

const negations =
  /(?<![\p{L}\p{M}])(?:not|never|no|none|cannot|without|neither|nor|nicht|kein\p{L}*|nie|niemals|ohne|weder|nunca|sin|jamás|tampoco|ningún|ninguna|ne|n|pas|jamais|sans|aucun\p{L}*|не|нет|никогда|без|нельзя|لا|ليس|ليست|لم|لن|غير|بدون|नहीं|न|बिना|मत)(?![\p{L}\p{M}])|n['’]t(?![\p{L}])|不|没|沒|无|無|未|ない|ません|なく|ไม่|มิได้/giu;

/** So much of the claim must stand in the source before its denials are held against it: otherwise they speak of different things. */
const leastShared = 0.6;

/** Whether claim and source say nearly the same, and only one of them denies it. */
export function contradicts(claim: string, source: string): boolean {
  const [said, there] = [denials(claim), denials(source)];
  if (said > 0 === there > 0) return false;
  const words = wordsOf(claim);
  const known = new Set(wordsOf(source));
  const shared = words.filter((word) => known.has(word)).length;
  return words.length >= leastWords && shared / words.length >= leastShared;
}

const leastWords = 3;

function denials(text: string): number {
  return text.normalize('NFKC').match(negations)?.length ?? 0;
}

function wordsOf(text: string): string[] {
  const words: string[] = [];
  scanWords(normaliseText(text).replace(negations, ' '), (word, kind) => {
    if (kind === 'pair' || word.length > 2) words.push(word);
  });
  return words;
}
