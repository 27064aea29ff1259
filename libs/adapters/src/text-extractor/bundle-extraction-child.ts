import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

let bundled: Promise<string> | undefined;

/**
 * Builds the reading process from its TypeScript source, for tests and development, where no built entry is at hand. Once per
 * process; the file lies in the cache folder of the installed packages until the process ends. Returns its path.
 */
export function bundleExtractionChild(): Promise<string> {
  bundled ??= bundle();
  return bundled;
}

async function bundle(): Promise<string> {
  const here = dirname(fileURLToPath(import.meta.url));
  const root = join(here, '../../../..');
  const name = `extraction-child-${createHash('sha256').update(`${here}${process.pid}`).digest('hex').slice(0, 12)}`;
  const outDir = join(root, 'node_modules/.cache/docent', name);
  await mkdir(outDir, { recursive: true });
  process.once('exit', () => rmSync(outDir, { recursive: true, force: true }));
  const { build } = await import('vite');
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    resolve: { tsconfigPaths: true },
    build: {
      ssr: join(here, 'extraction-child.entry.ts'),
      outDir,
      emptyOutDir: true,
      minify: false,
      rollupOptions: { output: { entryFileNames: 'child.mjs' } },
    },
  });
  return join(outDir, 'child.mjs');
}
