import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { EvalOptions } from './run-eval';

const usage =
  'Usage: npm run eval -- --dir <folder of sets> [--out figures.json] [--only set,set] [--without typos,compounds,languages,held-out] [--corpus <training corpus>] [--markdown] [--learning]';

/** What the command was asked to do. Ends the process with the usage where it was not asked in a way that is understood. */
export function readEvalOptions(args: string[]): Omit<EvalOptions, 'product'> & { learning: boolean } {
  const values = parse(args);
  if (!values.dir) return refuse('--dir is missing');
  if (!existsSync(values.dir)) return refuse(`there is no folder ${values.dir}`);
  return {
    dir: values.dir,
    out: values.out,
    only: values.only?.split(','),
    without: values.without?.split(','),
    corpus: values.corpus,
    markdown: values.markdown,
    learning: values.learning,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        dir: { type: 'string' },
        out: { type: 'string' },
        only: { type: 'string' },
        without: { type: 'string' },
        corpus: { type: 'string', default: '../shared/corpus' },
        markdown: { type: 'boolean' },
        /** Instead of all else: what a bot finds before and after it has learned the set. */
        learning: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function refuse(problem: string): never {
  process.stderr.write(`${problem}\n${usage}\n`);
  process.exit(2);
}
