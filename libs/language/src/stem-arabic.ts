const prefixes = ['وال', 'بال', 'كال', 'فال', 'لل', 'ال'];
const suffixes = ['ها', 'ان', 'ات', 'ون', 'ين', 'يه', 'ه', 'ي'];

/** Light stemming of a normalised Arabic word ("light10", Larkey, Ballesteros and Connell 2007). */
export function stemArabic(word: string): string {
  let stem = word;
  if (stem.startsWith('و') && stem.length >= 4) stem = stem.slice(1);
  const prefix = prefixes.find((candidate) => stem.startsWith(candidate) && stem.length - candidate.length >= 2);
  if (prefix) stem = stem.slice(prefix.length);
  for (const suffix of suffixes)
    if (stem.endsWith(suffix) && stem.length - suffix.length >= 2) stem = stem.slice(0, -suffix.length);
  return stem;
}

/** One spelling for what is written in several ways: no vowel signs, no tatweel, one alef, ye and he. */
export function normaliseArabic(word: string): string {
  return word
    .replace(/[\u064b-\u065f\u0670\u0640]/g, '')
    .replace(/[آأإٱ]/g, 'ا')
    .replace(/[ىی]/g, 'ي')
    .replace(/ک/g, 'ك')
    .replace(/ة/g, 'ه');
}
