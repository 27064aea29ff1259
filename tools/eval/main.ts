import { parseArgs } from 'node:util';
import { DirectProduct } from './direct-product';
import { runEval } from './run-eval';

const { values } = parseArgs({ options: { dir: { type: 'string' }, out: { type: 'string' }, only: { type: 'string' } } });
if (!values.dir) {
  console.error('Usage: npm run eval -- --dir <folder of sets> [--out figures.json] [--only set,set]');
  process.exit(2);
}
await runEval({ dir: values.dir, product: new DirectProduct(), out: values.out, only: values.only?.split(',') });
