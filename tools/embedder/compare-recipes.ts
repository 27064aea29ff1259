import { parseArgs } from 'node:util';
import { openEmbedder } from '@docent/embedder';
import { standardRecipe, type TrainingRecipe } from '@docent/embedder/training';
import { readEvalSets } from '../eval/eval-set';
import { exportEmbedder } from './export-embedder';
import { measureRanking } from './measure-ranking';
import { readCorpus } from './read-corpus';
import { readHeldOut } from './read-held-out';
import { SearchedKnowledge } from './searched-knowledge';
import { Trainer } from './trainer';

/**
 * `tsx tools/embedder/compare-recipes.ts --batches 2500 '{"sharpness":10}' '{"oneSource":1}'`: trains the standard recipe and each change of it
 * for few batches and prints what each finds, one line per recipe. What came of it is in docs/decisions/embedder.md.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    corpus: { type: 'string', default: '../shared/corpus' },
    dir: { type: 'string', default: '../shared/eval' },
    batches: { type: 'string', default: '2500' },
  },
});
const languages = ['en', 'de', 'es', 'fr', 'it', 'ja', 'nl', 'pt', 'ru', 'zh'];
const setNames = ['faq', 'squad', 'nq-clap', 'mtrag-ibmcloud', 'mtrag-fiqa', 'aws-docs', 'xquad-de'];
const across = [
  ['xquad-de', 'xquad-en'],
  ['xquad-es', 'xquad-en'],
  ['xquad-en', 'xquad-es'],
] as const;
const corpus = readCorpus({ folder: values.corpus, languages, holdOut: 'AdobeDocs/target' });
const sets = new Map(readEvalSets(values.dir, [...setNames, 'xquad-en', 'xquad-es']).map((set) => [set.name, set]));

process.stdout.write(
  `vector / lexical + vector, nDCG@10 (held-out: hit@5 of the vector)\n| change | loss | ${[...setNames, ...across.map(([from, to]) => `${from} → ${to}`), 'held-out de', 'held-out es'].join(' | ')} |\n`,
);
for (const change of ['{}', ...positionals]) await tryRecipe(change);

async function tryRecipe(change: string): Promise<void> {
  const recipe: TrainingRecipe = {
    ...standardRecipe,
    batches: Number(values.batches),
    ...(JSON.parse(change) as Partial<TrainingRecipe>),
  };
  const trainer = new Trainer(corpus, recipe, 2);
  let losses = 0;
  await trainer.run((batch, loss) => {
    if (batch > recipe.batches * 0.9) losses += loss / (recipe.batches * 0.1);
    return true;
  });
  const bytes = exportEmbedder({
    recipe,
    languages,
    words: corpus.words.words,
    vocabulary: trainer.vocabulary,
    parameters: trainer.state.parameters,
    notes: {},
  });
  await trainer.close();
  process.stdout.write(`| \`${change}\` | ${losses.toFixed(2)} | ${(await findings(bytes)).join(' | ')} |\n`);
}

async function findings(bytes: Uint8Array): Promise<string[]> {
  const embedder = openEmbedder(bytes);
  const cells: string[] = [];
  for (const [from, to] of [...setNames.map((name) => [name, name] as const), ...across]) {
    const knowledge = await SearchedKnowledge.load(embedder, sets.get(to)!.units);
    const { vector, fused } = await measureRanking(knowledge, sets.get(from)!.questions);
    cells.push(`${vector.ndcg.toFixed(3)} / ${fused.ndcg.toFixed(3)}`);
  }
  for (const language of ['de', 'es']) {
    const { units, questions } = readHeldOut(values.corpus, 'AdobeDocs/target', language);
    const { vector } = await measureRanking(await SearchedKnowledge.load(embedder, units), questions);
    cells.push(vector.hit5.toFixed(3));
  }
  return cells;
}
