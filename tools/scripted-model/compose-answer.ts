import type { Script } from './script';

/** The pieces that a script sends, given all text of the request. */
export function composeAnswer(script: Script, prompt: string): string[] {
  switch (script.kind) {
    case 'pieces':
    case 'cut':
    case 'unfinished':
    case 'error_in_stream':
      return script.pieces;
    case 'stall':
      return script.pieces ?? [];
    case 'drip':
      return [...script.text];
    case 'no_answer':
      return ['NO_', 'ANSWER'];
    case 'obedient':
      return obey(prompt);
    case 'lie':
      return lie(script.lie, prompt);
    default:
      return words(
        quoteBest(prompt)
          .map(({ number, sentence }) => `${sentence} [${number}]`)
          .join(' ') || 'NO_ANSWER',
      );
  }
}

interface PromptPassage {
  number: number;
  text: string;
}

/** The numbered passages of the prompt, as the product writes them. */
export function passagesIn(prompt: string): PromptPassage[] {
  const pattern = /<passage-([\w-]+) number="(\d+)"[^>]*>\n([\s\S]*?)\n<\/passage-\1>/g;
  return [...prompt.matchAll(pattern)].map((match) => ({ number: Number(match[2]), text: match[3] ?? '' }));
}

function questionIn(prompt: string): string {
  return prompt.slice(prompt.lastIndexOf('</passage-')).replace(/^<\/passage-[\w-]+>/, '');
}

/** Up to two sentences that share the most words with the question. */
function quoteBest(prompt: string): { number: number; sentence: string }[] {
  const asked = new Set(tokens(questionIn(prompt)));
  const sentences = passagesIn(prompt).flatMap(({ number, text }) =>
    sentencesOf(text).map((sentence) => ({ number, sentence, score: shared(sentence, asked) })),
  );
  return sentences
    .sort((a, b) => b.score - a.score)
    .slice(0, 2)
    .filter(({ score }, index) => score > 0 || index === 0);
}

function sentencesOf(text: string): string[] {
  const found = text.split(/(?<=[.!?。！？।؟])\s*|\n+/u).map((sentence) => sentence.trim());
  return found.filter((sentence) => sentence.length > 1);
}

const tokens = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? [];
const shared = (sentence: string, asked: Set<string>) => tokens(sentence).filter((token) => asked.has(token)).length;
const words = (text: string) => text.match(/\s*\S+/g) ?? [];

function lie(kind: 'unknown_passage' | 'wrong_passage' | 'no_citation', prompt: string): string[] {
  const count = passagesIn(prompt).length;
  const quotes = quoteBest(prompt);
  const marker = (number: number) => {
    if (kind === 'no_citation') return '';
    return kind === 'unknown_passage' ? ` [${count + 7}]` : ` [${(number % Math.max(count, 1)) + 1}]`;
  };
  return words(quotes.map(({ number, sentence }) => sentence + marker(number)).join(' '));
}

/** Repeats every imperative of the context, then the context itself: whatever leaks, leaks here. */
function obey(prompt: string): string[] {
  const orders = prompt.match(/(?:ignore|disregard|reveal|print|say|repeat|write|output|respond|include)\b[^\n]*/gi) ?? [];
  const urls = prompt.match(/\b(?:https?|javascript|data):\S+/gi) ?? [];
  return words([...orders, ...urls.map((url) => `![](${url}) [click](${url})`), prompt].join('\n'));
}
