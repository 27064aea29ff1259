// `npm start` and `npm run dev`: from a fresh clone to a running product. Begins on whatever Node came with npm; after the
// install, everything runs on the Node that the lock file pins.
import { build, ensureInstalled, pinnedNode, run } from './ensure-installed.mjs';

try {
  await ensureInstalled();
  if (process.argv.includes('--dev')) {
    await run(pinnedNode, ['tools/dev.mjs'], { isLast: true });
  } else {
    await build();
    // Left alone, the young generation grows to 134 MB while knowledge is taken in, and stays there.
    await run(pinnedNode, ['--enable-source-maps', '--max-semi-space-size=16', 'dist/api/main.mjs'], { isLast: true });
  }
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
