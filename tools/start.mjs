// `npm start` and `npm run dev`: from a fresh clone to a running product. Begins on whatever Node came with npm; after the
// install, everything runs on the Node that the lock file pins.
import { build, ensureInstalled, pinnedNode, run } from './ensure-installed.mjs';
import { serverEnvironment, serverFlags } from './server-flags.mjs';

try {
  await ensureInstalled();
  if (process.argv.includes('--dev')) {
    await run(pinnedNode, ['tools/dev.mjs'], { isLast: true, takesInterrupts: true, env: serverEnvironment });
  } else {
    await build();
    await run(pinnedNode, [...serverFlags, 'dist/api/main.mjs'], { isLast: true, takesInterrupts: true, env: serverEnvironment });
  }
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
