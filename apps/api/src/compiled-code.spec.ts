import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';

const run = promisify(execFile);
let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'docent-compiled-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

/** An entry that does what the product's does, in a process of its own: what is compiled is kept for a whole process. */
async function start(build: string, dataDir = join(folder, 'data')): Promise<string> {
  const entry = join(folder, 'entry.mjs');
  await writeFile(join(folder, 'part.cjs'), 'exports.say = () => "started";');
  await writeFile(
    entry,
    `import { keepCompiledCode, useCompiledCode } from ${JSON.stringify(join(import.meta.dirname, 'compiled-code.ts'))};
     useCompiledCode(import.meta.url);
     const { say } = await import('./part.cjs');
     await keepCompiledCode();
     process.stdout.write(say()); // ${build}`,
  );
  return (await run(process.execPath, [entry], { env: { PATH: process.env['PATH'], DATA_DIR: dataDir } })).stdout;
}

const kept = async () => readdir(join(folder, 'data/compiled'));

it('keeps the compiled code of the present build, and of no other', async () => {
  await start('first');
  const first = await kept();
  expect(first).toHaveLength(1);
  expect((await readdir(join(folder, 'data/compiled', first[0]!), { recursive: true })).length).toBeGreaterThan(1);
  await start('first');
  expect(await kept()).toEqual(first);
  await start('second');
  expect(await kept()).toHaveLength(1);
  expect(await kept()).not.toEqual(first);
}, 60_000);

it('starts all the same where nothing can be kept', async () => {
  await writeFile(join(folder, 'a file'), '');
  expect(await start('first', join(folder, 'a file'))).toBe('started');
}, 60_000);
