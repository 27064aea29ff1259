// `npm run eval|bench|dev:cluster|faults|db:migration|embedder:train`: the product's own tools, on the pinned Node and a current build.
import { build, ensureInstalled, pinnedNode, run } from './ensure-installed.mjs';

const commands = {
  eval: ['--enable-source-maps', 'dist/api/eval.mjs'],
  bench: ['--enable-source-maps', '--expose-gc', 'dist/api/bench.mjs'],
  faults: ['--import', 'tsx', 'tools/faults/main.ts'],
  cluster: ['--enable-source-maps', 'dist/api/cluster.mjs'],
  migration: ['--import', 'tsx', 'tools/migration.ts'],
  'embedder:train': ['--import', 'tsx', 'tools/embedder/train.ts'],
};
/** Runs from source. */
const needsNoBuild = 'embedder:train';

const [name, ...rest] = process.argv.slice(2);
try {
  await ensureInstalled();
  if (name !== needsNoBuild) await build();
  await run(pinnedNode, [...commands[name], ...rest], { isLast: true });
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
