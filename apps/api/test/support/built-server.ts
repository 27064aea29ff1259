import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { findProductParts } from '../../src/product-parts';

/** The server as it ships, built for one test: what lies in `dist` may be older than what is tested. */
export async function buildServer(name: string): Promise<{ mainFile: string; remove(): Promise<void> }> {
  const { root } = findProductParts();
  const outDir = join(root, `node_modules/.cache/docent-${name}`);
  await build({ root: join(root, 'apps/api'), logLevel: 'error', build: { outDir, emptyOutDir: true } });
  return { mainFile: join(outDir, 'main.mjs'), remove: () => rm(outDir, { recursive: true, force: true }) };
}
