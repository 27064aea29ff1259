import { analyseText, detectLanguage } from '@docent/language';

export interface HistoryTurn {
  role: string;
  content: string;
}

export interface RetrievalQuery {
  text: string;
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
    context: turns.map((turn, index) => ({ text: turn.content.slice(0, maxTurnLength), weight: first * decay ** index })),
  };
}

function standsAlone(question: string): boolean {
  if (pointing.test(question) || pointingPairs.test(question)) return false;
  return new Set(analyseText(question, detectLanguage(question))).size >= wordsToStandAlone;
}
