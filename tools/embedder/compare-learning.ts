import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { KnowledgeWeights, openEmbedder, readWords, WordWeights, type TextEmbedder } from '@docent/embedder';
import { learnRows, type LearningRecipe } from '@docent/embedder/training';
import { buildQuery } from '../../libs/knowledge/src/build-query';
import { EmbeddedIndex } from '../../libs/adapters/src/embedded-index';
import { StaticKnowledgeEmbedder } from '../../libs/adapters/src/static-embedder/static-knowledge-embedder';
import { splitText } from '../../libs/knowledge/src/split-text';
import { extractText } from '../../libs/adapters/src/text-extractor/extract-text';
import { detectLanguage } from '../../libs/language/src';
import type { EvalSet } from '../eval/eval-set';
import { readLearningSets } from '../eval/learning-sets';
import { figuresOf } from '../eval/measure-set';
import { foundAt } from '../eval/learning-report';

/**
 * `tsx tools/embedder/compare-learning.ts '{"rate":[0.02,0.002]}' '{"sharpness":20}'`: learns each set with changes of the standard recipe and
 * prints what the search then finds, beside the embedder as it came. What came of it is in docs/decisions/learning.md.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    dir: { type: 'string', default: '../shared/eval' },
    corpus: { type: 'string', default: '../shared/corpus' },
    only: { type: 'string', default: 'faq,mtrag-fiqa,mtrag-ibmcloud,nq-clap,held-out' },
    model: { type: 'string', default: 'libs/embedder/model/docent-words.bin' },
  },
});
const scope = { tenantId: 'tuning' };
const botId = 'tuning';
const base = openEmbedder(readFileSync(values.model));

interface CutPassage {
  chunkId: string;
  sourceId: string;
  title: string;
  headings: string[];
  text: string;
  language: string | null;
}

for (const set of readLearningSets(values.dir, values.corpus, values.only.split(','))) await compare(set);

async function compare(set: EvalSet): Promise<void> {
  const passages = await cut(set);
  const index = new EmbeddedIndex();
  await index.open(scope, botId);
  await index.put(scope, botId, passages);
  const texts = passages.map(({ title, headings, text }) => ({ title: [title, ...headings].join('\n'), text }));
  const words = new WordWeights(base);
  for (const { title, text } of texts) words.add([...readWords(title), ...readWords(text)]);
  const weights = words.toBytes();
  const { weightOf } = new KnowledgeWeights(weights, base);
  const lessons = texts.map((text, at) => ({ source: passages[at]!.sourceId, ...text }));
  process.stdout.write(`\n${set.name}, ${passages.length} passages\n`);
  for (const [at, change] of ['as it came', '{}', ...positionals].entries()) {
    const before = process.cpuUsage();
    const recipe = at === 0 ? null : (JSON.parse(change) as Partial<LearningRecipe>);
    const rows = recipe && (await learnRows({ embedder: base as TextEmbedder, passages: lessons, weightOf, recipe }));
    const { user, system } = process.cpuUsage(before);
    const knowledge = new StaticKnowledgeEmbedder(base, { version: at + 1, weights, rows });
    const vectors = await knowledge.embedPassages(texts);
    const entries = passages.map(({ chunkId }, place) => ({ chunkId, vectors: vectors[place]! }));
    await index.putVectors(scope, botId, knowledge.set, entries);
    await index.switchVectors(scope, botId, knowledge.set);
    const found = await measure(set, index, knowledge);
    process.stdout.write(
      `  ${found}  ${((user + system) / 1e6).toFixed(1)} s  ${Math.round((rows?.length ?? 0) / 1000)} kB  ${change}\n`,
    );
  }
}

async function measure(set: EvalSet, index: EmbeddedIndex, knowledge: StaticKnowledgeEmbedder): Promise<string> {
  const asked = set.questions.filter(({ gold, answerable }) => gold.length > 0 && answerable !== false);
  const ranks: { fused: number | null; meaning: number | null }[] = [];
  let ndcg = 0;
  for (const question of asked) {
    const query = buildQuery(question.question, question.history);
    const vector = { set: knowledge.set, ...(await knowledge.embedQuestion(query.text, query.context)) };
    const matches = await index.search(scope, botId, { ...query, vector, limit: 40 });
    const byMeaning = matches
      .filter(({ vectorRank }) => vectorRank !== null)
      .sort((left, right) => left.vectorRank! - right.vectorRank!);
    const rankIn = (list: typeof matches) => {
      const at = [...new Set(list.map(({ sourceId }) => sourceId))].findIndex((unit) => question.gold.includes(unit));
      return at < 0 ? null : at + 1;
    };
    ranks.push({ fused: rankIn(matches), meaning: rankIn(byMeaning) });
    const results = matches.map(({ sourceId }) => ({ id: sourceId, text: '' }));
    ndcg += figuresOf([{ question, answer: { results, answered: true, answer: '' }, ms: 0 }])['ndcg@10']! / asked.length;
  }
  const fused = foundAt(ranks.map((rank) => rank.fused));
  const meaning = foundAt(ranks.map((rank) => rank.meaning));
  return `nDCG@10 ${ndcg.toFixed(3)}  MRR ${fused.mrr.toFixed(3)}  first five ${fused.firstFive} (by meaning ${meaning.firstFive}) of ${asked.length}`;
}

async function cut({ units }: EvalSet): Promise<CutPassage[]> {
  const passages: CutPassage[] = [];
  for (const { id, title, text } of units) {
    const extracted = await extractText(Buffer.from(text), 'text.md', 10_000_000);
    const language = detectLanguage(extracted.text.slice(0, 20_000));
    for (const { text: piece, headings } of splitText(extracted))
      passages.push({
        chunkId: String(passages.length),
        sourceId: id,
        title: title.slice(0, 200),
        headings,
        text: piece,
        language,
      });
  }
  return passages;
}
