import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

interface BundleChanges {
  packages: string[];
  plugin: Plugin;
}

const bundled = new Map<string, Promise<string>>();

/**
 * Builds a program of its own (a process, a thread) from its TypeScript source, for tests and development, where no built entry is at
 * hand. Once per process; the file lies in the cache folder of the installed packages until the process ends. Returns its path.
 * `changes`: packages that are put into it, changed on the way.
 */
export function bundleEntry(source: string, changes?: BundleChanges): Promise<string> {
  if (!bundled.has(source)) bundled.set(source, bundle(source, changes));
  return bundled.get(source)!;
}

async function bundle(source: string, changes?: BundleChanges): Promise<string> {
  const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
  const name = `${basename(source, '.ts')}-${createHash('sha256').update(`${source}${process.pid}`).digest('hex').slice(0, 12)}`;
  const outDir = join(root, 'node_modules/.cache/docent', name);
  await mkdir(outDir, { recursive: true });
  process.once('exit', () => rmSync(outDir, { recursive: true, force: true }));
  const { build } = await import('vite');
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    resolve: { tsconfigPaths: true },
    plugins: changes ? [changes.plugin] : [],
    ssr: { noExternal: changes?.packages ?? [] },
    build: {
      ssr: source,
      outDir,
      emptyOutDir: true,
      minify: false,
      rollupOptions: { output: { entryFileNames: 'entry.mjs' } },
    },
  });
  return join(outDir, 'entry.mjs');
}
