import type { EvalSet, EvalTurn } from './eval-set';
import { cutWindows } from './cut-windows';
import type { EvalAnswer, EvalFinding, EvalProduct } from './product';

const k1 = 1.2;
const b = 0.75;
const results = 20;

/**
 * The yardstick: textbook BM25 over lower-cased Unicode words (pairs of characters for Chinese, Japanese and Thai), no stop words, no stemming,
 * no history; title and text as one; documents in windows of 180 words. It never refuses.
 */
export class PlainBm25 implements EvalProduct {
  private units: { id: string; text: string }[] = [];
  private lengths: number[] = [];
  private postings = new Map<string, Map<number, number>>();
  private averageLength = 1;

  async load(set: EvalSet): Promise<void> {
    this.units =
      set.form === 'docs'
        ? set.units.flatMap((unit) => cutWindows(unit.text).map((text) => ({ id: unit.id, text })))
        : set.units.map(({ id, title, text }) => ({ id, text, title }));
    this.postings = new Map();
    this.lengths = [];
    const titles = new Map(set.units.map((unit) => [unit.id, unit.title]));
    this.units.forEach((unit, index) => this.add(index, `${titles.get(unit.id) ?? ''} ${unit.text}`));
    this.averageLength = Math.max(1, this.lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, this.lengths.length));
  }

  async ask(question: string, history: EvalTurn[]): Promise<EvalAnswer> {
    const finding = await this.find(question, history);
    const first = finding.results[0];
    return { ...finding, answer: first?.text ?? '', cited: first ? [{ id: first.id, quote: first.text }] : [] };
  }

  async find(question: string, _history: EvalTurn[]): Promise<EvalFinding> {
    const scores = new Map<number, number>();
    for (const word of new Set(plainWords(question))) this.score(word, scores);
    const ranked = [...scores].sort((left, right) => right[1] - left[1] || left[0] - right[0]);
    const found = ranked.slice(0, results * 3).map(([index]) => this.units[index]!);
    return { results: found, answered: true, confidence: ranked[0]?.[1] ?? 0 };
  }

  private add(index: number, text: string): void {
    const words = plainWords(text);
    this.lengths.push(words.length);
    for (const word of words) {
      let list = this.postings.get(word);
      if (!list) this.postings.set(word, (list = new Map()));
      list.set(index, (list.get(index) ?? 0) + 1);
    }
  }

  private score(word: string, scores: Map<number, number>): void {
    const list = this.postings.get(word);
    if (!list) return;
    const idf = Math.log(1 + (this.units.length - list.size + 0.5) / (list.size + 0.5));
    for (const [index, frequency] of list) {
      const norm = k1 * (1 - b + (b * this.lengths[index]!) / this.averageLength);
      scores.set(index, (scores.get(index) ?? 0) + (idf * frequency * (k1 + 1)) / (frequency + norm));
    }
  }
}

function plainWords(text: string): string[] {
  const words: string[] = [];
  for (const [word] of text
    .normalize('NFKC')
    .toLowerCase()
    .matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    for (const part of word.split(/([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+)/u)) {
      if (!part) continue;
      if (!/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(part) || part.length === 1)
        words.push(part);
      else for (let at = 0; at + 2 <= part.length; at++) words.push(part.slice(at, at + 2));
    }
  }
  return words;
}
