import { estimateTokens } from './estimate-tokens';

export interface PastMessage {
  role: 'visitor' | 'assistant';
  text: string;
}

/**
 * The newest messages that fit into the budget, in order. Whole messages go, oldest first; it never begins with an answer
 * whose question is gone. `cut` is what did not fit, oldest first.
 */
export function trimHistory(history: PastMessage[], tokenBudget: number): { kept: PastMessage[]; cut: PastMessage[] } {
  let left = tokenBudget;
  let from = history.length;
  while (from > 0) {
    left -= estimateTokens(history[from - 1]?.text ?? '') + tokensPerMessage;
    if (left < 0) break;
    from -= 1;
  }
  while (history[from]?.role === 'assistant') from += 1;
  return { kept: history.slice(from), cut: history.slice(0, from) };
}

/** Role and separators around each message. */
const tokensPerMessage = 4;
