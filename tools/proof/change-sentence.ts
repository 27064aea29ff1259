/** A sentence with one number exchanged for another one; null where it has none. */
export function withOtherNumber(sentence: string, random: () => number): string | null {
  const found = [...sentence.matchAll(/(?<![\p{L}\d.,-])\d{1,4}(?![\p{L}\d]|[.,]\d)/gu)];
  const chosen = found[Math.floor(random() * found.length)];
  if (!chosen) return null;
  const value = Number(chosen[0]);
  const other = String(
    value > 1500 && value < 2100 ? value - 11 - Math.floor(random() * 9) : value * 3 + 17 + Math.floor(random() * 9),
  );
  return replaced(sentence, chosen.index, chosen[0], other);
}

/** A sentence with one number exchanged for another one of the same passage; null where there is none. */
export function withNeighbourNumber(sentence: string, passage: string, random: () => number): string | null {
  const numbers = (text: string) => [...text.matchAll(/(?<![\p{L}\d.,-])\d{1,4}(?![\p{L}\d]|[.,]\d)/gu)];
  const own = new Set(numbers(sentence).map(([number]) => number));
  const from = pick(numbers(sentence), random);
  const others = numbers(passage).filter(([number]) => !own.has(number) && number.length === from?.[0].length);
  const to = pick(others, random);
  return from && to ? replaced(sentence, from.index, from[0], to[0]) : null;
}

/** A sentence with one of its names exchanged for one of another text; null where either has none. */
export function withOtherName(sentence: string, other: string, random: () => number): string | null {
  const names = (text: string) => [...text.matchAll(/(?<=\p{Ll}[,]? )\p{Lu}\p{Ll}{3,}(?![\p{L}-])/gu)];
  const known = new Set(names(sentence).map(([name]) => name));
  const strangers = names(other).filter(([name]) => !known.has(name));
  const from = pick(names(sentence), random);
  const to = pick(strangers, random);
  return from && to ? replaced(sentence, from.index, from[0], to[0]) : null;
}

const verbs: Record<string, [RegExp, string][]> = {
  en: [[/\b(is|are|was|were|can|will|must|may|should|has been|have been)\b(?! not)/u, '$1 not']],
  de: [[/\b(ist|sind|war|waren|wird|werden|wurde|wurden|kann|können|muss|darf)\b(?! nicht)/u, '$1 nicht']],
  es: [[/(?<!no )\b(es|son|era|fue|fueron|puede|pueden|está|están|debe|tiene)\b/u, 'no $1']],
  ru: [[/(?<!не )(?<!\p{L})(был|была|было|были|может|могут|является|имеет)(?!\p{L})/u, 'не $1']],
  zh: [[/(?<!不)(是|会|能|可以)/u, '不$1']],
};

/** A sentence that says the opposite; null where its verb is not known here, or it denies something already. */
export function denied(sentence: string, language: string): string | null {
  if (
    /\b(?:not|no|never|nicht|kein\w*|nie|no|nunca|sin|without|ohne|nor)\b|n['’]t|(?<!\p{L})(?:не|нет|без|ни)(?!\p{L})|[不没無无非未]/iu.test(
      sentence,
    )
  )
    return null;
  for (const [verb, denial] of verbs[language] ?? []) if (verb.test(sentence)) return sentence.replace(verb, denial);
  return null;
}

/** A sentence as somebody else would put it shorter: every fifth word gone and two neighbours exchanged; figures and names stay. */
export function reworded(sentence: string, random: () => number): string {
  const words = sentence.split(' ');
  if (words.length < 4) return sentence;
  const kept = words.filter((word, at) => at === 0 || /[\p{N}\p{Lu}]/u.test(word) || isDenial(word) || random() > 0.2);
  const at = 1 + Math.floor(random() * Math.max(1, kept.length - 3));
  if (kept[at] && kept[at + 1]) [kept[at], kept[at + 1]] = [kept[at + 1]!, kept[at]!];
  return kept.join(' ');
}

function isDenial(word: string): boolean {
  return /^(?:not|no|never|nicht|kein\p{L}*|nie|nunca|sin|не|нет|без|ohne|without|nor|ни|لا|لم|لن|ليس|غير|دون|بدون)$|n['’]t/iu.test(
    word,
  );
}

function replaced(text: string, at: number, from: string, to: string): string {
  return text.slice(0, at) + to + text.slice(at + from.length);
}

function pick<T>(list: T[], random: () => number): T | undefined {
  return list[Math.floor(random() * list.length)];
}
