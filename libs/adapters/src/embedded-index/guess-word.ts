import { nearestSpellings } from './nearest-spellings';
import type { Vocabulary } from './query-words';

/** What (a part of) an unknown word may have been meant for. */
export interface Guess {
  /** Numbers of words of the vocabulary, the likeliest first; any of them will do. */
  words: number[];
  /** How sure that is, 0 to 1. */
  trust: number;
}

/** Languages that write "travel insurance" as one word. */
const compounding = new Set(['de', 'nl', 'sv', 'da', 'no', 'fi', 'hu']);
const shortestCompound = 8;
const shortestPart = 4;
/** What stands between the parts of a compound: "Arbeit-s-zeit". */
const links = ['', 's', 'es', 'n', 'en', 'er', 'e'];
const mostSpellings = 3;
/** An error away, the parts of a word: as sure as that. Measured from .65 to .9: .8 is best with typos, and clean questions do not mind. */
const trustPerError = 0.8;
const trustInParts = 0.8;
/**
 * What is written right is not misspelt, but its neighbour may be the same word in another form or language ("Musik", "music"): less sure.
 * A half or the whole make no difference to what is found; never costs .4 points on nq-clap and 1.2 on German questions to English pages.
 */
const trustInRelatives = 0.75;

/**
 * What a word that the knowledge does not hold may have been meant for, by the knowledge's own words: its parts, where it is put together
 * from two of them, or the nearest spellings. Empty where nothing is near.
 */
export function guessWord(word: string, language: string | null, vocabulary: Vocabulary): Guess[] {
  const [first, second] = language && compounding.has(language) ? [parts, spellings] : [spellings, parts];
  const guesses = first(word, vocabulary);
  return guesses.length ? guesses : second(word, vocabulary);
}

function spellings(word: string, { forms, terms, isWord }: Vocabulary): Guess[] {
  const near = nearestSpellings(word, forms.spellings, forms.signatures).map(({ form, distance }) => ({
    form,
    distance,
    frequency: terms.frequency(forms.terms[form]!),
    // People rarely get the first letter wrong.
    startsAlike: Number(forms.spellings[form]![0] === word[0]),
  }));
  const living = near.filter(({ frequency }) => frequency > 0);
  if (living.length === 0) return [];
  const { distance } = living[0]!;
  const isMeant = isWord?.(word) ?? false;
  if (isMeant && distance > 1) return [];
  living.sort((left, right) => right.startsAlike - left.startsAlike || right.frequency - left.frequency);
  return [
    {
      words: living.slice(0, mostSpellings).map(({ form }) => form),
      trust: trustPerError ** distance * (isMeant ? trustInRelatives : 1),
    },
  ];
}

/** The two words that it is put together from, cut where the shorter part is longest. */
function parts(word: string, { forms, terms }: Vocabulary): Guess[] {
  if (word.length < shortestCompound) return [];
  const living = (part: string): number | undefined => {
    const form = forms.find(part);
    return form !== undefined && terms.frequency(forms.terms[form]!) > 0 ? form : undefined;
  };
  for (let shorter = word.length >> 1; shorter >= shortestPart; shorter--)
    for (const cut of new Set([shorter, word.length - shorter])) {
      const head = living(word.slice(cut));
      if (head === undefined) continue;
      for (const link of links) {
        const front = word.slice(0, cut);
        if (!front.endsWith(link) || front.length - link.length < shortestPart) continue;
        const modifier = living(front.slice(0, front.length - link.length));
        if (modifier !== undefined) return [modifier, head].map((form) => ({ words: [form], trust: trustInParts }));
      }
    }
  return [];
}
