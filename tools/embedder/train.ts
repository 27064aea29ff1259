import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { standardRecipe, type Corpus, type TrainingRecipe } from '@docent/embedder/training';
import { readCheckpoint, writeCheckpoint } from './checkpoint';
import { evaluateEmbedder } from './evaluate-embedder';
import { exportEmbedder } from './export-embedder';
import { Progress } from './progress';
import { readCorpus } from './read-corpus';
import { Trainer } from './trainer';

/** `npm run embedder:train -- --corpus <folder> --out <file>`: the trained file, and what it finds on the evaluation sets. */
const { values } = parseArgs({
  options: {
    corpus: { type: 'string', default: '' },
    out: { type: 'string', default: '' },
    languages: { type: 'string', default: 'en,de,es,fr,it,ja,nl,pt,ru,zh' },
    'hold-out': { type: 'string', default: 'AdobeDocs/target' },
    threads: { type: 'string', default: '2' },
    eval: { type: 'string', default: '../shared/eval' },
    resume: { type: 'boolean', default: false },
    /** Changes to the standard recipe, as JSON. */
    recipe: { type: 'string', default: '{}' },
  },
});
const print = (line: string) => void process.stdout.write(`${line}\n`);
if (!values.corpus || !values.out) {
  print(
    'Usage: npm run embedder:train -- --corpus <folder> --out <file> [--resume] [--threads 2] [--languages en,de] [--recipe \'{"seed":2}\']',
  );
  process.exit(2);
}
const recipe: TrainingRecipe = { ...standardRecipe, ...(JSON.parse(values.recipe) as Partial<TrainingRecipe>) };
const languages = values.languages.split(',');
const checkpoint = `${values.out}.checkpoint`;
const startedAt = performance.now();

mkdirSync(path.dirname(values.out), { recursive: true });
const corpus = read();
const trainer = new Trainer(corpus, recipe, Number(values.threads), takeUp());
const isFinished = await learn();
if (isFinished) await finish();
await trainer.close();

function read(): Corpus {
  print(`Reading ${values.corpus} …`);
  const corpus = readCorpus({ folder: values.corpus, languages, holdOut: values['hold-out'] });
  const sections = corpus.sections.reduce((sum, list) => sum + list.length, 0);
  print(
    `${sections} sections, ${corpus.tokens.length} words, ${corpus.words.words.length} different, in ${secondsSinceStart()} s.`,
  );
  return corpus;
}

function takeUp() {
  if (!values.resume) return undefined;
  if (existsSync(checkpoint)) return readCheckpoint(checkpoint, recipe);
  print(`There is no ${checkpoint}: from the beginning.`);
  return undefined;
}

/** False when it was stopped before the end; what was learned until then is in the checkpoint. A signal may come more than once. */
async function learn(): Promise<boolean> {
  let isStopped = false;
  const stop = () => void (isStopped = true);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  const progress = new Progress(trainer.state.batch, recipe.batches, print);
  await trainer.run((batch, loss) => {
    progress.report(batch, loss);
    return !isStopped;
  });
  const isFinished = trainer.state.batch >= recipe.batches;
  if (!isFinished) {
    writeCheckpoint(checkpoint, recipe, trainer.state);
    print(`Stopped after batch ${trainer.state.batch}. The same command with --resume goes on from ${checkpoint}.`);
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop);
  return isFinished;
}

async function finish(): Promise<void> {
  const notes = { holdOut: values['hold-out'], corpusWords: corpus.tokens.length };
  const bytes = exportEmbedder({
    recipe,
    languages,
    words: corpus.words.words,
    vocabulary: trainer.vocabulary,
    parameters: trainer.state.parameters,
    notes,
  });
  writeFileSync(values.out, bytes);
  rmSync(checkpoint, { force: true });
  print(
    `${values.out}: ${(bytes.length / 1e6).toFixed(1)} MB, ${trainer.vocabulary.numbers.length} words, ${recipe.buckets} buckets, ${Math.round(secondsSinceStart() / 60)} minutes.`,
  );
  print(`SHA-256 ${createHash('sha256').update(bytes).digest('hex')}`);
  if (existsSync(values.eval)) await evaluateEmbedder({ bytes, dir: values.eval, corpus: values.corpus, print });
  else print(`No evaluation: ${values.eval} is not there.`);
}

function secondsSinceStart(): number {
  return Math.round((performance.now() - startedAt) / 1000);
}
