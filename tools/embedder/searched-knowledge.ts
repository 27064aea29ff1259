import { readWords, WordWeights, type TextEmbedder } from '@docent/embedder';
import { detectLanguage } from '@docent/language';
import { EmbeddedIndex } from '../../libs/adapters/src/embedded-index';
import { extractText } from '../../libs/adapters/src/text-extractor/extract-text';
import { buildQuery } from '../../libs/knowledge/src/build-query';
import { splitText } from '../../libs/knowledge/src/split-text';
import type { EvalTurn, EvalUnit } from '../eval/eval-set';

const scope = { tenantId: 'eval' };
const botId = 'eval';
/** Share of the whole passage in its vector score; the rest is its best window. */
const wholeShare = 0.5;

/** Both scores of one passage for one question. */
export interface PassageScores {
  unit: string;
  /** The product's lexical score divided by the question's best; 0 where no word matched. */
  lexical: number;
  /** Mean of the cosines with the whole passage and with its best window. */
  vector: number;
}

interface Passage {
  unit: string;
  title: string;
  text: string;
  whole: Float32Array;
  windows: Float32Array[];
}

/** One knowledge base, cut as the product cuts it, in the product's lexical index and with vectors beside. */
export class SearchedKnowledge {
  private readonly weights: WordWeights;

  private constructor(
    private readonly embedder: TextEmbedder,
    private readonly index: EmbeddedIndex,
    private readonly passages: Passage[],
  ) {
    this.weights = new WordWeights(embedder);
    const words = passages.map(({ title, text }) => ({ title: readWords(title), text: readWords(text) }));
    for (const { title, text } of words) this.weights.add([...title, ...text]);
    words.forEach(({ title, text }, at) =>
      Object.assign(passages[at]!, embedder.embedPassage(title, text, this.weights.weightOf)),
    );
  }

  static async load(embedder: TextEmbedder, units: EvalUnit[]): Promise<SearchedKnowledge> {
    const index = new EmbeddedIndex();
    await index.open(scope, botId);
    const passages: Passage[] = [];
    for (const unit of units) {
      const extracted = await extractText(Buffer.from(unit.text), 'text.md', 10_000_000);
      const language = detectLanguage(extracted.text.slice(0, 20_000));
      const title = unit.title.slice(0, 200);
      const pieces = splitText(extracted);
      await index.put(
        scope,
        botId,
        pieces.map(({ text, headings }, at) => ({
          chunkId: String(passages.length + at),
          sourceId: unit.id,
          title,
          headings,
          text,
          language,
        })),
      );
      for (const { text, headings } of pieces)
        passages.push({ unit: unit.id, title: [title, ...headings].join('\n'), text, whole: new Float32Array(0), windows: [] });
    }
    return new SearchedKnowledge(embedder, index, passages);
  }

  async score(question: string, history: EvalTurn[] = []): Promise<PassageScores[]> {
    const query = buildQuery(question, history);
    const matches = await this.index.search(scope, botId, { ...query, limit: this.passages.length });
    const best = matches.reduce((most, { lexicalScore }) => Math.max(most, lexicalScore), 0);
    const lexical = new Map(matches.map(({ chunkId, lexicalScore }) => [Number(chunkId), lexicalScore / best]));
    const vector = this.embedQuery(query);
    return this.passages.map(({ unit, whole, windows }, at) => {
      const nearest = windows.reduce((most, window) => Math.max(most, cosine(vector, window)), -1);
      return { unit, lexical: lexical.get(at) ?? 0, vector: wholeShare * cosine(vector, whole) + (1 - wholeShare) * nearest };
    });
  }

  /** Earlier turns count as much less than the question as they do on the lexical side. */
  private embedQuery({ text, context }: ReturnType<typeof buildQuery>): Float32Array {
    const vector = this.embedder.embedText(readWords(text), this.weights.weightOf);
    for (const turn of context) {
      const earlier = this.embedder.embedText(readWords(turn.text), this.weights.weightOf);
      for (let at = 0; at < vector.length; at++) vector[at]! += turn.weight * earlier[at]!;
    }
    const length = Math.sqrt(cosine(vector, vector)) || 1;
    return vector.map((value) => value / length);
  }
}

function cosine(left: Float32Array, right: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < left.length; at++) sum += left[at]! * right[at]!;
  return sum;
}
