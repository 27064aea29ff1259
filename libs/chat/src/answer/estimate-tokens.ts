/**
 * About how many tokens a language model counts for a text, without its tokenizer: never far too few, in any script.
 * Weights are tokens per character, on the high side of what byte-pair vocabularies of 100k to 200k entries need.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (let index = 0; index < text.length; index += 1) tokens += weightOf(text.charCodeAt(index));
  return Math.ceil(tokens);
}

function weightOf(unit: number): number {
  if (unit < 0x80) return isAsciiLetterOrBlank(unit) ? 0.25 : 0.5;
  if (unit < 0x250) return 0.5;
  // Cyrillic, Greek, Arabic, Hebrew.
  if (unit < 0x900) return 0.5;
  // Devanagari to Thai and their kin.
  if (unit < 0x1100) return 0.8;
  if (unit < 0x2e80) return 0.7;
  // Chinese, Japanese, Korean, and halves of what lies beyond the basic plane.
  return 1.2;
}

const isAsciiLetterOrBlank = (unit: number) => unit === 32 || (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90);
