import { parseArgs } from 'node:util';
import type { EvalOptions } from './run-eval';

const usage =
  'Usage: npm run eval -- --dir <folder of sets> [--out figures.json] [--only set,set] [--without typos,compounds,languages,held-out] [--corpus <training corpus>] [--markdown] [--learning]';

/** What the command was asked to do. Ends the process with the usage where no folder is named. */
export function readEvalOptions(args: string[]): Omit<EvalOptions, 'product'> & { learning: boolean } {
  const { values } = parseArgs({
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
  });
  if (!values.dir) {
    process.stderr.write(`${usage}\n`);
    process.exit(2);
  }
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
