import type { EvalQuestion, EvalSet } from './eval-set';

/** Questions whose compounds are written otherwise than by the set, and the same questions as they are. */
export interface CompoundQuestions {
  way: 'apart' | 'together';
  asked: EvalQuestion[];
  asTheyAre: EvalQuestion[];
}

/** Languages that write "travel insurance" as one word. */
const compounding = ['de', 'nl'];
const shortestCompound = 8;
const shortestPart = 4;
const links = ['', 's', 'es', 'n', 'en'];

/**
 * What visitors do with compounds: take them apart ("Reise Versicherung"), and put together what the text says in several words ("Zahl der
 * Spieler": "Spielerzahl"). Only questions in which there is something to change; none for a set in another language.
 */
export function withCompounds(set: EvalSet): CompoundQuestions[] {
  if (!compounding.includes(set.questions[0]?.lang ?? '')) return [];
  const words = wordsOf(set);
  return [
    changed(set, 'apart', (question) => question.replace(/\p{Lu}\p{Ll}+/gu, (word) => apart(word, words))),
    changed(set, 'together', together),
  ].filter(({ asked }) => asked.length > 0);
}

function changed({ questions }: EvalSet, way: CompoundQuestions['way'], change: (question: string) => string): CompoundQuestions {
  const asTheyAre = questions.filter(({ question }) => change(question) !== question);
  return { way, asTheyAre, asked: asTheyAre.map((question) => ({ ...question, question: change(question.question) })) };
}

/** All words of the set's texts, in lower case. */
function wordsOf({ units }: EvalSet): Set<string> {
  return new Set(units.flatMap(({ text }) => text.toLowerCase().match(/\p{L}+/gu) ?? []));
}

/** A compound of two words that stand by themselves somewhere in the texts, as those two. */
function apart(word: string, words: ReadonlySet<string>): string {
  const whole = word.toLowerCase();
  if (whole.length < shortestCompound) return word;
  for (let cut = whole.length - shortestPart; cut >= shortestPart; cut--) {
    if (!words.has(whole.slice(cut))) continue;
    const front = whole.slice(0, cut);
    const link = links.find(
      (end) =>
        front.endsWith(end) && front.length - end.length >= shortestPart && words.has(front.slice(0, front.length - end.length)),
    );
    if (link !== undefined) return `${capital(front.slice(0, front.length - link.length))} ${capital(whole.slice(cut))}`;
  }
  return word;
}

const ofSomething = /(?<![\p{L}])(\p{Lu}\p{Ll}{3,}) (?:der|des|von) (\p{Lu}\p{Ll}{3,})(?![\p{L}])/gu;

function together(question: string): string {
  return question.replace(ofSomething, (_, head: string, modifier: string) => `${modifier}${head.toLowerCase()}`);
}

function capital(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1);
}
