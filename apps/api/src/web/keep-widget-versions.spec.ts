import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepWidgetVersions, presentVersion } from './keep-widget-versions';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'docent-widgets-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A build puts its only version in the place of all others. */
async function deploy(version: string) {
  const built = join(folder, 'dist');
  await rm(built, { recursive: true, force: true });
  await mkdir(join(built, 'widget', version), { recursive: true });
  await writeFile(join(built, 'widget', version, 'forms.js'), `of ${version}`);
  return keepWidgetVersions(built, join(folder, 'data'));
}

it('finds the parts of a page that was opened before the deployment', async () => {
  await deploy('aaaa1111');
  const folderOf = await deploy('bbbb2222');
  expect(await readFile(join(folderOf('aaaa1111')!, 'forms.js'), 'utf8')).toBe('of aaaa1111');
  expect(folderOf('bbbb2222')).toBe(join(folder, 'dist/widget/bbbb2222'));
  expect(folderOf('cccc3333')).toBeNull();
  expect(await presentVersion(join(folder, 'dist'))).toBe('bbbb2222');
});

it('keeps the latest eight', async () => {
  let folderOf = await deploy('v0');
  for (let build = 1; build <= 9; build += 1) {
    const earlier = new Date(Date.now() - (20 - build) * 60_000);
    await utimes(join(folder, 'data/widget-versions', `v${build - 1}`), earlier, earlier);
    folderOf = await deploy(`v${build}`);
  }
  expect(['v0', 'v1', 'v2', 'v9'].map((version) => folderOf(version) !== null)).toEqual([false, false, true, true]);
});

it('does without where nothing is built', async () => {
  const folderOf = await keepWidgetVersions(join(folder, 'nothing'), join(folder, 'data'));
  expect(folderOf('v1')).toBeNull();
  expect(await presentVersion(join(folder, 'nothing'))).toBeUndefined();
});
