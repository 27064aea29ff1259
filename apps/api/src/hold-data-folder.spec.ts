import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holdDataFolder } from './hold-data-folder';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docent-hold-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a data folder', () => {
  it('has one process at a time, by whatever name it is called', async () => {
    const letGo = await holdDataFolder(folder);
    await expect(holdDataFolder(folder)).rejects.toThrow('DATA_DIR: expected a folder of its own');
    const otherName = `${folder}-link`;
    await symlink(folder, otherName);
    await expect(holdDataFolder(otherName)).rejects.toThrow('DATA_DIR');
    await rm(otherName);
    await letGo();
    await (
      await holdDataFolder(folder)
    )();
  });

  it('goes to one of those that ask at the same time', async () => {
    const asked = await Promise.allSettled(Array.from({ length: 8 }, () => holdDataFolder(folder)));
    const held = asked.filter((result) => result.status === 'fulfilled');
    expect(held).toHaveLength(1);
    await held[0]!.value();
  });
});
