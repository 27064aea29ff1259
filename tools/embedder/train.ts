import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readCheckpoint, writeCheckpoint } from './checkpoint';
import { exportEmbedder } from './export-embedder';
import { Progress } from './progress';
import { readCorpus } from './read-corpus';
import { Trainer } from './trainer';
import { standardRecipe, type TrainingRecipe } from './training-recipe';

/** `npm run embedder:train -- --corpus <folder> --out <file>`: the trained file, and what it finds on the evaluation sets. */
const { values } = parseArgs({
  options: {
    corpus: { type: 'string' },
    out: { type: 'string' },
    languages: { type: 'string', default: 'en,de,es,fr,it,ja,nl,pt,ru,zh' },
    'hold-out': { type: 'string', default: 'AdobeDocs/target' },
    threads: { type: 'string', default: '2' },
    eval: { type: 'string', default: '../shared/eval' },
    resume: { type: 'boolean', default: false },
    /** Changes to the standard recipe, as JSON. */
    recipe: { type: 'string', default: '{}' },
  },
});
if (!values.corpus || !values.out) {
  process.stderr.write(
    'Usage: npm run embedder:train -- --corpus <folder> --out <file> [--resume] [--threads 2] [--languages en,de] [--recipe \'{"seed":2}\']\n',
  );
  process.exit(2);
}
await train(values.corpus, values.out);

async function train(folder: string, out: string): Promise<void> {
  const recipe: TrainingRecipe = { ...standardRecipe, ...(JSON.parse(values.recipe) as Partial<TrainingRecipe>) };
  const languages = values.languages.split(',');
  const checkpoint = `${out}.checkpoint`;
  mkdirSync(path.dirname(out), { recursive: true });
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  print(`Reading ${folder} …`);
  const startedAt = performance.now();
  const corpus = readCorpus({ folder, languages, holdOut: values['hold-out'] });
  const sections = corpus.sections.reduce((sum, list) => sum + list.length, 0);
  print(
    `${sections} sections, ${corpus.tokens.length} words, ${corpus.words.words.length} different, in ${Math.round((performance.now() - startedAt) / 1000)} s.`,
  );

  const trainer = new Trainer(
    corpus,
    recipe,
    Number(values.threads),
    values.resume && existsSync(checkpoint) ? readCheckpoint(checkpoint, recipe) : undefined,
  );
  let isStopped = false;
  const stop = () => void (isStopped = true);
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const progress = new Progress(trainer.state.batch, recipe.batches, print);
  await trainer.run((batch, loss) => {
    progress.report(batch, loss);
    return !isStopped;
  });
  process.off('SIGINT', stop);
  process.off('SIGTERM', stop);
  if (trainer.state.batch < recipe.batches) {
    writeCheckpoint(checkpoint, recipe, trainer.state);
    await trainer.close();
    print(`Stopped after batch ${trainer.state.batch}. Go on with --resume; what was learned is in ${checkpoint}.`);
    return;
  }
  const { vocabulary, state } = trainer;
  const notes = { holdOut: values['hold-out'], corpusWords: corpus.tokens.length };
  const bytes = exportEmbedder({ recipe, languages, words: corpus.words.words, vocabulary, parameters: state.parameters, notes });
  await trainer.close();
  writeFileSync(out, bytes);
  rmSync(checkpoint, { force: true });
  print(
    `${out}: ${(bytes.length / 1e6).toFixed(1)} MB, ${vocabulary.numbers.length} words, ${recipe.buckets} buckets, ${Math.round((performance.now() - startedAt) / 60_000)} minutes in all.`,
  );
  if (!existsSync(values.eval)) return print(`No evaluation: ${values.eval} is not there.`);
  const { evaluateEmbedder } = await import('./evaluate-embedder');
  await evaluateEmbedder({ bytes, dir: values.eval, corpus: folder, print });
}
