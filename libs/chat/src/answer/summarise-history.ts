import { splitSentences } from '@docent/language';
import { estimateTokens } from './estimate-tokens';
import type { PastMessage } from './trim-history';

/**
 * What messages that no longer fit into a prompt came to: each question, cut, with the first sentence of its answer. The newest that fit into
 * the budget, oldest first; empty where nothing was cut. Made from the messages' own words, so it costs no call and invents nothing.
 */
export function summariseHistory(cut: PastMessage[], tokenBudget: number): string {
  const lines: string[] = [];
  let left = tokenBudget;
  for (const message of cut.toReversed()) {
    const line = `${message.role === 'visitor' ? 'Visitor' : 'Answer'}: ${shorten(message)}`;
    left -= estimateTokens(line) + 1;
    if (left < 0) break;
    lines.unshift(line);
  }
  // An answer whose question is gone says nothing.
  while (lines[0]?.startsWith('Answer: ')) lines.shift();
  return lines.join('\n');
}

const longestLine = 160;

function shorten({ role, text }: PastMessage): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  const first = role === 'assistant' ? splitSentences(flat)[0] : undefined;
  const kept = first ? flat.slice(first.start, first.end).trim() : flat;
  return kept.length > longestLine ? `${kept.slice(0, longestLine).toWellFormed()} …` : kept;
}
