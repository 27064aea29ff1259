import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { evaluateEmbedder } from './evaluate-embedder';

/** `tsx tools/embedder/evaluate.ts --model <file>`: what a trained file finds, for choosing among recipes and weights. */
const { values } = parseArgs({
  options: {
    model: { type: 'string' },
    dir: { type: 'string', default: '../shared/eval' },
    corpus: { type: 'string' },
    only: { type: 'string' },
  },
});
if (!values.model) {
  process.stderr.write(
    'Usage: tsx tools/embedder/evaluate.ts --model <file> [--dir <evaluation sets>] [--corpus <training corpus>] [--only set,set]\n',
  );
  process.exit(2);
}
await evaluateEmbedder({
  bytes: readFileSync(values.model),
  dir: values.dir,
  corpus: values.corpus,
  only: values.only?.split(','),
  print: (line) => void process.stdout.write(`${line}\n`),
});
