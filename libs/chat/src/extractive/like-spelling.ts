/** Words that begin alike are mostly of one family, also across languages: "postgres" and "postgresql", "documento" and "document". */
const leastBeginning = 5;
const shareOfBeginning = 0.78;
const ofOneFamily = 0.8;
const oneWord = 0.95;

/** How surely two words in lower case are one, or of one family, by their letters: 0 to 1. */
export function likeSpelling(left: string, right: string): number {
  if (plainSpelling(left) === plainSpelling(right)) return oneWord;
  const longer = Math.max(left.length, right.length);
  const length = Math.min(left.length, right.length);
  if (length < leastBeginning || length < shareOfBeginning * longer) return 0;
  let same = 0;
  while (same < length && left[same] === right[same]) same++;
  return same >= leastBeginning && same >= shareOfBeginning * longer ? ofOneFamily : 0;
}

/** British and American spelling as one: colour, centre, organise, travelled, catalogue. */
function plainSpelling(word: string): string {
  if (word.length < leastBeginning) return word;
  return word
    .replace(/our(?=$|s$|ed$|ing$|ful$|ite)/, 'or')
    .replace(/tre(?=s?$)/, 'ter')
    .replace(/([iy])s(?=e[sdr]?$|ing$|ations?$)/, '$1z')
    .replace(/ll(?=ed$|ing$|ers?$)/, 'l')
    .replace(/ogue(?=s?$)/, 'og');
}
