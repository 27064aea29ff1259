import { KnowledgeWeights, readWords, WordWeights, type TextEmbedder } from '@docent/embedder';
import { learnRows } from '@docent/embedder/training';
import { detectLanguage } from '@docent/language';
import { EmbeddedIndex } from '../../libs/adapters/src/embedded-index';
import { StaticKnowledgeEmbedder } from '../../libs/adapters/src/static-embedder/static-knowledge-embedder';
import { extractText } from '../../libs/adapters/src/text-extractor/extract-text';
import { buildQuery } from '../../libs/knowledge/src/build-query';
import { splitText } from '../../libs/knowledge/src/split-text';
import type { EvalTurn, EvalUnit } from '../eval/eval-set';

const scope = { tenantId: 'eval' };
const botId = 'eval';
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
  /** Share of the question that the embedder knows, as the fusion weighs it. */
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
    private readonly knowledge: StaticKnowledgeEmbedder,
    private readonly index: EmbeddedIndex,
    private readonly passages: Passage[],
  ) {}

  /** `learns`: the embedder goes on training on the knowledge first, as a bot does that may learn. */
  static async load(embedder: TextEmbedder, units: EvalUnit[], { learns = false } = {}): Promise<SearchedKnowledge> {
    const index = new EmbeddedIndex();
    await index.open(scope, botId);
    const passages: Passage[] = [];
    for (const unit of units) passages.push(...(await putUnit(index, unit, passages.length)));
    const knowledge = await teach(embedder, passages, learns);
    const vectors = await knowledge.embedPassages(passages);
    const entries = vectors.map((ofPassage, at) => ({ chunkId: String(at), vectors: ofPassage }));
    await index.putVectors(scope, botId, knowledge.set, entries);
    return new SearchedKnowledge(knowledge, index, passages);
  }

  /** Units, best passage first. */
  async rank(question: string, history: EvalTurn[] = [], side: Side = 'fused'): Promise<string[]> {
    const { text, context } = buildQuery(question, history);
    const vector = { set: this.knowledge.set, ...(await this.knowledge.embedQuestion(text, context)) };
    const matches = await this.index.search(scope, botId, {
      text: side === 'vector' ? '' : text,
      context: side === 'vector' ? [] : context,
      ...(side !== 'lexical' && { vector: side === 'vector' ? { ...vector, known: 1 } : vector }),
      isWord: (word) => this.knowledge.knows(word),
      limit: Math.min(passagesAsked, this.passages.length),
    });
    return [...new Set(matches.map(({ chunkId }) => this.passages[Number(chunkId)]!.unit))];
  }

  /** The scores of the best passages of either side, for trying other ways of fusing them. */
  async score(question: string, history: EvalTurn[] = []): Promise<ScoredQuestion> {
    const { text, context } = buildQuery(question, history);
    const { values, known } = await this.knowledge.embedQuestion(text, context);
    const matches = await this.index.search(scope, botId, {
      text,
      context,
      vector: { set: this.knowledge.set, values, known: Math.max(known, 0.01) },
      isWord: (word) => this.knowledge.knows(word),
      limit: Math.min(passagesAsked * 3, this.passages.length),
    });
    const best = matches.find(({ lexicalRank }) => lexicalRank === 1);
    const passages = matches.map(({ chunkId, lexicalScore, vectorScore }) => ({
      unit: this.passages[Number(chunkId)]!.unit,
      lexical: best ? lexicalScore / best.lexicalScore : 0,
      vector: vectorScore ?? 0,
    }));
    // One word more than there are, as the index reckons.
    const words = text.split(/\s+/u).length;
    return { passages, coverage: best?.coverage ?? 0, known: (known * words + 1) / (words + 1) };
  }
}

async function teach(embedder: TextEmbedder, passages: Passage[], learns: boolean): Promise<StaticKnowledgeEmbedder> {
  const counted = new WordWeights(embedder);
  for (const { title, text } of passages) counted.add([...readWords(title), ...readWords(text)]);
  const weights = counted.toBytes();
  const { weightOf } = new KnowledgeWeights(weights, embedder);
  const lesson = passages.map(({ unit, title, text }) => ({ source: unit, title, text }));
  const rows = learns ? await learnRows({ embedder, passages: lesson, weightOf }) : null;
  return new StaticKnowledgeEmbedder(embedder, { version: 1, weights, rows });
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
