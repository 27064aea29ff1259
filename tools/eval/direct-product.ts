import { readFileSync } from 'node:fs';
import { KnowledgeWeights, openEmbedder } from '@docent/embedder';
import { learnRows } from '@docent/embedder/training';
import { EmbeddedIndex, type IndexOptions } from '../../libs/adapters/src/embedded-index';
import { StaticEmbedder } from '../../libs/adapters/src/static-embedder/static-embedder';
import { extractText } from '../../libs/adapters/src/text-extractor/extract-text';
import { composeText } from '../../libs/chat/src/extractive/compose-text';
import { extractAnswer } from '../../libs/chat/src/extractive/extract-answer';
import type { ExtractInput } from '../../libs/chat/src/extractive/extract-types';
import { gatherInput } from '../../libs/chat/src/extractive/gather-input';
import { detectLanguage } from '../../libs/language/src';
import { buildQuery } from '../../libs/knowledge/src/build-query';
import { splitText } from '../../libs/knowledge/src/split-text';
import type { KnowledgeEmbedder, KnowledgeText } from '../../libs/ports/src';
import type { EvalSet, EvalTurn, EvalUnit } from './eval-set';
import type { EvalAnswer, EvalFinding, EvalProduct, FoundPassage } from './product';

const scope = { tenantId: 'eval' };
const botId = 'eval';
const shippedWords = 'libs/embedder/model/docent-words.bin';

interface StoredPassage {
  unit: string;
  title: string;
  headings: string[];
  text: string;
  language: string | null;
}

/** Passages that the answer is read from, as in the product. */
const passagesInContext = 10;
const passagesRanked = 40;

/** The pure parts of the product wired without database and queue: for tuning, where a run must take seconds. */
export class DirectProduct implements EvalProduct {
  private index = new EmbeddedIndex();
  private passages = new Map<string, StoredPassage>();
  private knowledge: KnowledgeEmbedder | null = null;
  private readonly embedder: StaticEmbedder | null;

  constructor(
    private readonly options: Partial<IndexOptions> = {},
    withEmbedder = true,
    /** The embedder goes on training on each knowledge base first, as a bot does that may learn. */
    private readonly learns = false,
  ) {
    this.embedder = withEmbedder ? new StaticEmbedder(readFileSync(shippedWords)) : null;
  }

  async load(set: EvalSet): Promise<void> {
    this.index = new EmbeddedIndex(this.options);
    this.passages = new Map();
    await this.index.open(scope, botId);
    for (const unit of set.units)
      for (const passage of await this.cut(unit)) this.passages.set(`${unit.id}@${this.passages.size}`, passage);
    await this.index.put(
      scope,
      botId,
      [...this.passages].map(([chunkId, passage]) => ({ chunkId, sourceId: passage.unit, ...passage })),
    );
    if (this.embedder) this.knowledge = await this.putVectors(this.embedder);
  }

  async ask(question: string, history: EvalTurn[]): Promise<EvalAnswer> {
    const { results, input } = await this.retrieve(question, history);
    const { answered, sentences, confidence } = await extractAnswer(input);
    const numbers = sentences.map((_, index) => index + 1);
    const cited = sentences.map(({ passageIndex, quote }) => ({ id: results[passageIndex]!.id, quote }));
    return { results, answered, confidence, cited, answer: answered ? composeText(sentences, numbers) : '' };
  }

  find(question: string, history: EvalTurn[]): Promise<EvalFinding> {
    return this.ask(question, history);
  }

  /** What the answer is made from, for tools that look inside. */
  async retrieve(question: string, history: EvalTurn[]): Promise<{ results: FoundPassage[]; input: ExtractInput }> {
    const query = buildQuery(question, history);
    const { knowledge } = this;
    const vector = knowledge ? { set: knowledge.set, ...(await knowledge.embedQuestion(query.text, query.context)) } : undefined;
    const isWord = knowledge ? (word: string) => knowledge.knows(word) === true : undefined;
    const matches = await this.index.search(scope, botId, { ...query, vector, isWord, limit: passagesRanked });
    const found = matches.map((match) => ({ ...match, ...this.passages.get(match.chunkId)! }));
    const passages = found.slice(0, passagesInContext);
    const input = await gatherInput({
      question: query.understood,
      language: detectLanguage(question),
      passages,
      weigh: (terms) => this.index.weigh(scope, botId, terms),
      embedder: knowledge,
    });
    return {
      results: found.map(({ unit, text, lexicalRank, vectorRank }) => ({ id: unit, text, lexicalRank, vectorRank })),
      input,
    };
  }

  private async putVectors(embedder: StaticEmbedder): Promise<KnowledgeEmbedder> {
    const entries = [...this.passages];
    const texts = entries.map(([, { title, headings, text }]): KnowledgeText => ({
      title: [title, ...headings].join('\n'),
      text,
    }));
    const weights = await embedder.count(asPages(texts));
    const rows = this.learns ? await this.learn(weights) : null;
    const knowledge = embedder.forKnowledge(scope, botId, { version: 1, weights, rows });
    const vectors = await knowledge.embedPassages(texts);
    await this.index.putVectors(
      scope,
      botId,
      knowledge.set,
      entries.map(([chunkId], at) => ({ chunkId, vectors: vectors[at]! })),
    );
    return knowledge;
  }

  private learn(weights: Uint8Array): Promise<Uint8Array | null> {
    const embedder = openEmbedder(readFileSync(shippedWords));
    const { weightOf } = new KnowledgeWeights(weights, embedder);
    const passages = [...this.passages.values()].map(({ unit, title, headings, text }) => ({
      source: unit,
      title: [title, ...headings].join('\n'),
      text,
    }));
    return learnRows({ embedder, passages, weightOf });
  }

  /** As pasted text goes through the ingestion. */
  private async cut(unit: EvalUnit): Promise<StoredPassage[]> {
    const extracted = await extractText(Buffer.from(unit.text), 'text.md', 10_000_000);
    const language = detectLanguage(extracted.text.slice(0, 20_000));
    const title = unit.title.slice(0, 200);
    return splitText(extracted).map(({ text, headings }) => ({ unit: unit.id, title, headings, text, language }));
  }
}

async function* asPages<T>(list: T[]): AsyncGenerator<T[]> {
  yield list;
}
