import { EmbeddedIndex, type IndexOptions } from '../../libs/adapters/src/embedded-index';
import { extractText } from '../../libs/adapters/src/text-extractor/extract-text';
import { composeText } from '../../libs/chat/src/extractive/compose-text';
import { extractAnswer } from '../../libs/chat/src/extractive/extract-answer';
import type { ExtractInput } from '../../libs/chat/src/extractive/extract-types';
import { questionTerms } from '../../libs/chat/src/extractive/read-question';
import { detectLanguage } from '../../libs/language/src';
import { buildQuery } from '../../libs/knowledge/src/build-query';
import { splitText } from '../../libs/knowledge/src/split-text';
import type { EvalSet, EvalTurn, EvalUnit } from './eval-set';
import type { EvalAnswer, EvalProduct } from './product';

const scope = { tenantId: 'eval' };
const botId = 'eval';

interface StoredPassage {
  unit: string;
  title: string;
  headings: string[];
  text: string;
  language: string | null;
}

/** Passages that the answer is read from. */
const passagesInContext = 8;

/** The pure parts of the product wired without database and queue: for tuning, where a run must take seconds. */
export class DirectProduct implements EvalProduct {
  private index = new EmbeddedIndex();
  private passages = new Map<string, StoredPassage>();

  constructor(private readonly options: Partial<IndexOptions> = {}) {}

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
  }

  async ask(question: string, history: EvalTurn[]): Promise<EvalAnswer> {
    const { results, input } = await this.retrieve(question, history);
    const { answered, sentences, confidence } = extractAnswer(input);
    const numbers = sentences.map((_, index) => index + 1);
    return { results, answered, confidence, answer: answered ? composeText(sentences, numbers) : '' };
  }

  /** What the answer is made from, for tools that look inside. */
  async retrieve(
    question: string,
    history: EvalTurn[],
  ): Promise<{ results: { id: string; text: string }[]; input: ExtractInput }> {
    const query = buildQuery(question, history);
    const matches = await this.index.search(scope, botId, { ...query, limit: 40 });
    const found = matches.map((match) => ({
      ...this.passages.get(match.chunkId)!,
      score: match.score,
      lexicalScore: match.lexicalScore,
    }));
    const passages = found.slice(0, passagesInContext);
    const terms = questionTerms(
      query.understood,
      passages.map((passage) => passage.language),
    );
    const weights = await this.index.weigh(scope, botId, terms);
    const input = { question: query.understood, passages, weights: new Map(terms.map((term, index) => [term, weights[index]!])) };
    return { results: found.map(({ unit, text }) => ({ id: unit, text })), input };
  }

  /** As pasted text goes through the ingestion. */
  private async cut(unit: EvalUnit): Promise<StoredPassage[]> {
    const extracted = await extractText(Buffer.from(unit.text), 'text.md', 10_000_000);
    const language = detectLanguage(extracted.text.slice(0, 20_000));
    const title = unit.title.slice(0, 200);
    return splitText(extracted).map(({ text, headings }) => ({ unit: unit.id, title, headings, text, language }));
  }
}
