import { EmbeddedIndex, type IndexOptions } from '../../libs/adapters/src/embedded-index';
import { cutWindows } from './cut-windows';
import type { EvalSet, EvalTurn } from './eval-set';
import type { EvalAnswer, EvalProduct } from './product';

const scope = { tenantId: 'eval' };
const botId = 'eval';

/** The pure parts of the product wired without database and queue: for tuning, where a run must take seconds. */
export class DirectProduct implements EvalProduct {
  private index = new EmbeddedIndex();
  private chunks = new Map<string, { unit: string; text: string; title: string }>();

  constructor(private readonly options: Partial<IndexOptions> = {}) {}

  async load(set: EvalSet): Promise<void> {
    this.index = new EmbeddedIndex(this.options);
    this.chunks = new Map();
    await this.index.open(scope, botId);
    const chunks = set.units.flatMap((unit) =>
      (set.form === 'docs' ? cutWindows(unit.text) : [unit.text]).map((text, index) => {
        const chunkId = `${unit.id}@${index}`;
        this.chunks.set(chunkId, { unit: unit.id, text, title: unit.title });
        return { chunkId, sourceId: unit.id, title: unit.title, headings: [], text, language: null };
      }),
    );
    await this.index.put(scope, botId, chunks);
  }

  async ask(question: string, _history: EvalTurn[]): Promise<EvalAnswer> {
    const matches = await this.index.search(scope, botId, { text: question, limit: 40 });
    const results = matches.map((match) => ({ id: this.chunks.get(match.chunkId)!.unit, text: this.chunks.get(match.chunkId)!.text }));
    return { results, answered: true, answer: results[0]?.text ?? '', confidence: matches[0]?.coverage ?? 0 };
  }
}
