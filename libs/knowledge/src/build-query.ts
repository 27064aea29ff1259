import { analyseText, detectLanguage } from '@docent/language';

export interface HistoryTurn {
  role: string;
  content: string;
}

export interface RetrievalQuery {
  text: string;
  /**
   * What the question means after what was said before, for whoever reads it alone: the question, and where it says too little by itself,
   * in brackets the words that it leans on.
   */
  understood: string;
  /** Earlier words of the visitor, each with its weight against a word of the question. */
  context: { text: string; weight: number }[];
}

/** How many of the visitor's earlier turns are looked back at, and how much each counts of the one after it. */
const turnsBack = 4;
const decay = 0.5;
/** Weight of the turn before, where the question stands on its own and where it leans on what was said. */
const standing = 0.25;
const leaning = 0.6;
/** A question of fewer words that mean something hardly stands alone. */
const wordsToStandAlone = 4;
const maxTurnLength = 1_000;

const pointing = new RegExp(
  `(?<![\\p{L}\\p{M}])(?:${`it its they them their theirs this that these those he him his she her one ones there such other others more else another instead
  eso esto ese esa esos esas ello otro otra otros más él ella ellos dies diese dieser dieses das es sie ihm ihr ihnen davon dafür damit dazu andere mehr
  cela ça ce cet cette ces il elle ils elles leur y autre autres plus это этот эта эти он она оно они его её их там ещё другие
  هذا هذه ذلك تلك هو هي هم यह वह ये वे इस उस इसका उसका`
    .split(/\s+/)
    .join('|')})(?![\\p{L}\\p{M}])`,
  'iu',
);
const pointingPairs = /[它他她这那其]|それ|これ|あれ|その|この|มัน|นี้|นั้น/u;

/**
 * What to search for when `question` follows `history` (oldest first): the question, and the visitor's earlier words with less weight, the less
 * the more the question stands on its own and the further back they are.
 */
export function buildQuery(question: string, history: HistoryTurn[]): RetrievalQuery {
  const first = standsAlone(question) ? standing : leaning;
  const turns = history
    .filter((turn) => turn.role === 'user' || turn.role === 'visitor')
    .slice(-turnsBack)
    .reverse();
  return {
    text: question,
    understood: saysTooLittle(question) ? withMissingWords(question, turns) : question,
    context: turns.map((turn, index) => ({ text: turn.content.slice(0, maxTurnLength), weight: first * decay ** index })),
  };
}

function standsAlone(question: string): boolean {
  return !points(question) && countWords(question) >= wordsToStandAlone;
}

/** A short question may still name its subject ("What is a surcharge?"); one that points, or is a single word, needs what was said. */
function saysTooLittle(question: string): boolean {
  return points(question) ? countWords(question) < wordsToStandAlone : countWords(question) < wordsToNameSubject;
}

const wordsToNameSubject = 2;

function points(question: string): boolean {
  return pointing.test(question) || pointingPairs.test(question);
}

function countWords(question: string): number {
  return new Set(analyseText(question, detectLanguage(question))).size;
}

/** Words of the latest turn that says something which the question does not; turns that say nothing ("thanks") are passed over. */
function withMissingWords(question: string, newestFirst: HistoryTurn[]): string {
  const own = new Set(analyseText(question, detectLanguage(question)));
  for (const { content } of newestFirst) {
    const turn = content.slice(0, maxTurnLength);
    const missing = tellingWords(turn).filter((word) => !isAmong(own, word, turn));
    if (missing.length > 0) return `${question} (${missing.slice(0, mostMissingWords).join(' ')})`;
  }
  return question;
}

const mostMissingWords = 12;

/** The words as they were written, each once, without those that only hold a sentence together. */
function tellingWords(text: string): string[] {
  const language = detectLanguage(text);
  const words = [...new Intl.Segmenter(language ?? 'en', { granularity: 'word' }).segment(text)].filter(({ isWordLike }) => isWordLike);
  return [...new Set(words.map(({ segment }) => segment))].filter((word) => analyseText(word, language).length > 0);
}

function isAmong(own: ReadonlySet<string>, word: string, turn: string): boolean {
  return analyseText(word, detectLanguage(turn)).every((term) => own.has(term));
}
