import { readWords, type TextEmbedder } from '@docent/embedder';
import type { KnowledgeText, MeaningExplanation } from '@docent/ports';
import { locateWords } from './locate-words';

/** As `TextEmbedder` cuts windows, in words. */
const windowWords = 60;
const windowStep = 40;
/** A word that brings less is not worth naming. */
const smallestShare = 0.02;

/**
 * Takes the score of a passage apart: vectors are sums over words, so the cosine is a sum over the question's words, and each word's part of
 * it is its share. Parts below zero are left out, so that the shares of the rest may be read as parts of one whole.
 */
export function explainMeaning(
  embedder: TextEmbedder,
  weightOf: (word: string) => number,
  question: string,
  passage: KnowledgeText,
): MeaningExplanation {
  const words = readWords(passage.text);
  const { whole, windows } = embedder.embedPassage(readWords(passage.title), words, weightOf);
  const asked = embedder.embedText(readWords(question), weightOf);
  const best = windows.reduce((most, window, at) => (dot(asked, window) > dot(asked, windows[most]!) ? at : most), 0);
  const near = windows[best] ? whole.map((value, at) => value + windows[best]![at]!) : whole;
  const heard = new NearestWords(embedder, new Set([...readWords(passage.title), ...words]));
  const parts = [...new Set(readWords(question))].map((word) => {
    const row = embedder.rowOf(word);
    return { word, row, part: Math.max(0, weightOf(word) * dot(row, near)) };
  });
  const sum = parts.reduce((total, { part }) => total + part, 0);
  const shares = parts.filter(({ part }) => sum > 0 && part / sum >= smallestShare).sort((left, right) => right.part - left.part);
  return {
    words: shares.map(({ word, row, part }) => ({ word, nearest: heard.to(row), share: part / sum })),
    window: windows[best] ? locateWords(passage.text, best * windowStep, best * windowStep + windowWords) : null,
  };
}

/** The words of a passage by their nearness to a word of the question. */
class NearestWords {
  private readonly rows: { word: string; row: Float32Array; length: number }[];

  constructor(embedder: TextEmbedder, words: Set<string>) {
    this.rows = Array.from(words, (word) => {
      const row = embedder.rowOf(word);
      return { word, row, length: Math.hypot(...row) };
    }).filter(({ length }) => length > 0);
  }

  to(asked: Float32Array): string {
    let nearest = { word: '', cosine: -Infinity };
    for (const { word, row, length } of this.rows) {
      const cosine = dot(asked, row) / length;
      if (cosine > nearest.cosine) nearest = { word, cosine };
    }
    return nearest.word;
  }
}

function dot(left: Float32Array, right: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < left.length; index++) sum += left[index]! * right[index]!;
  return sum;
}
