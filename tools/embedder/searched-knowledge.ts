import { readWords, WordWeights, type TextEmbedder } from '@docent/embedder';
import { detectLanguage } from '@docent/language';
import { EmbeddedIndex } from '../../libs/adapters/src/embedded-index';
import { extractText } from '../../libs/adapters/src/text-extractor/extract-text';
import { buildQuery } from '../../libs/knowledge/src/build-query';
import { splitText } from '../../libs/knowledge/src/split-text';
import type { EvalTurn, EvalUnit } from '../eval/eval-set';

const scope = { tenantId: 'eval' };
const botId = 'eval';
const set = 'eval';
/** More than the ten units that are judged: a document has several passages. */
const passagesAsked = 100;

/** Which side ranks: words alone, vectors alone, or both as the product fuses them. */
export type Side = 'lexical' | 'vector' | 'fused';

/** A passage's unit and what either side says of it. */
export interface ScoredUnit {
  unit: string;
  /** As a share of the question's best. */
  lexical: number;
  /** Mean of the cosines with the whole passage and with its best window. */
  vector: number;
}

export interface ScoredQuestion {
  passages: ScoredUnit[];
  /** Share of the question that the lexically best passage covers. */
  coverage: number;
  /** Share of the question that the embedder knows. */
  known: number;
}

interface Passage {
  unit: string;
  title: string;
  text: string;
}

/** One knowledge base, cut as the product cuts it, in the product's index, with its vectors. */
export class SearchedKnowledge {
  private constructor(
    private readonly embedder: TextEmbedder,
    private readonly weights: WordWeights,
    private readonly index: EmbeddedIndex,
    private readonly passages: Passage[],
  ) {}

  static async load(embedder: TextEmbedder, units: EvalUnit[]): Promise<SearchedKnowledge> {
    const index = new EmbeddedIndex();
    await index.open(scope, botId);
    const passages: Passage[] = [];
    for (const unit of units) passages.push(...(await putUnit(index, unit, passages.length)));
    const weights = new WordWeights(embedder);
    const words = passages.map(({ title, text }) => ({ title: readWords(title), text: readWords(text) }));
    for (const { title, text } of words) weights.add([...title, ...text]);
    await index.putVectors(
      scope,
      botId,
      set,
      words.map(({ title, text }, at) => ({
        chunkId: String(at),
        vectors: embedder.embedPassage(title, text, weights.weightOf),
      })),
    );
    return new SearchedKnowledge(embedder, weights, index, passages);
  }

  /** Units, best passage first. */
  async rank(question: string, history: EvalTurn[] = [], side: Side = 'fused'): Promise<string[]> {
    const { text, context } = buildQuery(question, history);
    const values = this.embedQuery(text, context);
    const matches = await this.index.search(scope, botId, {
      text: side === 'vector' ? '' : text,
      context: side === 'vector' ? [] : context,
      ...(side !== 'lexical' && { vector: { set, values, known: side === 'vector' ? 1 : this.knownShare(text) } }),
      isWord: (word) => this.embedder.knows(word),
      limit: Math.min(passagesAsked, this.passages.length),
    });
    return [...new Set(matches.map(({ chunkId }) => this.passages[Number(chunkId)]!.unit))];
  }

  /** The scores of the best passages of either side, for trying other ways of fusing them. */
  async score(question: string, history: EvalTurn[] = []): Promise<ScoredQuestion> {
    const { text, context } = buildQuery(question, history);
    const known = this.knownShare(text);
    const matches = await this.index.search(scope, botId, {
      text,
      context,
      vector: { set, values: this.embedQuery(text, context), known: Math.max(known, 0.01) },
      isWord: (word) => this.embedder.knows(word),
      limit: Math.min(passagesAsked * 3, this.passages.length),
    });
    const best = matches.find(({ lexicalRank }) => lexicalRank === 1);
    const passages = matches.map(({ chunkId, lexicalScore, vectorScore }) => ({
      unit: this.passages[Number(chunkId)]!.unit,
      lexical: best ? lexicalScore / best.lexicalScore : 0,
      vector: vectorScore ?? 0,
    }));
    return { passages, coverage: best?.coverage ?? 0, known };
  }

  /** Earlier turns count as much less than the question as they do on the lexical side. */
  private embedQuery(text: string, context: { text: string; weight: number }[]): Float32Array {
    const vector = this.embedder.embedText(readWords(text), this.weights.weightOf);
    for (const turn of context) {
      const earlier = this.embedder.embedText(readWords(turn.text), this.weights.weightOf);
      for (let at = 0; at < vector.length; at++) vector[at]! += turn.weight * earlier[at]!;
    }
    const length = Math.hypot(...vector) || 1;
    return vector.map((value) => value / length);
  }

  private knownShare(text: string): number {
    const words = [...new Set(readWords(text))].map((word) => ({ word, weight: this.weights.weightOf(word) }));
    const sum = words.reduce((total, { weight }) => total + weight, 0);
    const known = words.reduce((total, { word, weight }) => total + (this.embedder.knows(word) ? weight : 0), 0);
    return sum > 0 ? known / sum : 0;
  }
}

/** Puts the passages of one unit, numbered from `first` on. */
async function putUnit(index: EmbeddedIndex, unit: EvalUnit, first: number): Promise<Passage[]> {
  const extracted = await extractText(Buffer.from(unit.text), 'text.md', 10_000_000);
  const language = detectLanguage(extracted.text.slice(0, 20_000));
  const title = unit.title.slice(0, 200);
  const pieces = splitText(extracted);
  const chunks = pieces.map(({ text, headings }, at) => ({
    chunkId: String(first + at),
    sourceId: unit.id,
    title,
    headings,
    text,
    language,
  }));
  await index.put(scope, botId, chunks);
  return pieces.map(({ text, headings }) => ({ unit: unit.id, title: [title, ...headings].join('\n'), text }));
}
