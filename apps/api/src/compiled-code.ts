import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { enableCompileCache, flushCompileCache } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

let folder: string | null = null;

/**
 * From here on, what is loaded is taken from the code that an earlier start compiled, which is half of a start's work. It lies beside the
 * data, where nobody else may write, in a folder for each build. `entryUrl`: the entry, which names the chunks of its build.
 * Where the folder can't be written, everything is compiled as usual.
 */
export function useCompiledCode(entryUrl: string): void {
  const build = createHash('sha256').update(readFileSync(fileURLToPath(entryUrl))).digest('hex').slice(0, 12);
  folder = join(resolve(process.env['DATA_DIR'] ?? '.data'), 'compiled', build);
  enableCompileCache(folder);
}

/** Keeps what has been compiled so far, which otherwise happens at the end: a process that is killed has none. Forgets other builds. */
export async function keepCompiledCode(): Promise<void> {
  if (!folder) return;
  flushCompileCache();
  const [all, own] = [dirname(folder), basename(folder)];
  const others = (await readdir(all).catch(() => [])).filter((name) => name !== own);
  await Promise.all(others.map((name) => rm(join(all, name), { recursive: true, force: true }).catch(() => undefined)));
}
