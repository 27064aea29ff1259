import { detectLanguage, errorsBetween, isMisspeltStopWord, mostErrors, normaliseText, scanWords } from '@docent/language';

/**
 * The question with its misspelt words as the texts write them. `unknown`: words, in lower case, that stand nowhere and that nobody knows.
 * `isForeign`: the texts are in another language; a word is then read as theirs only where it begins as theirs does ("documento"), because
 * "Wetter" is no slip for "better".
 */
export function correctSpelling(asked: string, unknown: string[], texts: string[], isForeign = false): string {
  const question = withoutSlips(asked, unknown);
  const wrong = unknown.filter((word) => mostErrors(word) > 0);
  if (wrong.length === 0) return question;
  const there = new Set<string>();
  for (const text of texts) scanWords(normaliseText(text), (word, kind) => kind === 'word' && there.add(word));
  let corrected = question;
  for (const word of wrong) {
    const meant = nearest(word, there, isForeign);
    if (meant) corrected = corrected.replace(wholeWord(word), meant);
  }
  return corrected;
}

/** Without small words that a slip of the finger made into words of their own: "teh" is no rare word that an answer must hold. */
function withoutSlips(question: string, unknown: string[]): string {
  const language = detectLanguage(question);
  return unknown
    .filter((word) => isMisspeltStopWord(word, language))
    .reduce((left, word) => left.replace(wholeWord(word), ' '), question);
}

function wholeWord(word: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{M}])${word}(?![\\p{L}\\p{M}])`, 'giu');
}

/** The first word with the fewest errors between them; people rarely get the first letter wrong. */
function nearest(word: string, there: ReadonlySet<string>, isForeign: boolean): string | null {
  const most = mostErrors(word);
  let best: { other: string; cost: number } | null = null;
  for (const other of there) {
    if (isForeign && other[0] !== word[0]) continue;
    const errors = errorsBetween(word, other, most);
    const cost = errors + (other[0] === word[0] ? 0 : 0.5);
    if (errors <= most && (!best || cost < best.cost)) best = { other, cost };
  }
  return best && best.other;
}
