import { DirectProduct } from './direct-product';
import { readEvalOptions } from './read-options';
import { runEval } from './run-eval';

/** `tsx tools/eval/main.ts`: the pure parts alone, for tuning. `npm run eval` is apps/api/src/eval.ts: the whole product. */
await runEval({ ...readEvalOptions(process.argv.slice(2)), product: new DirectProduct() });
