import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileStorage } from '../file-storage';
import type { TenantScope } from '../tenant-scope';

export interface FileStorageStage {
  storage: FileStorage;
  close(): Promise<void>;
}

/** What every {@link FileStorage} keeps to. `open` gives an empty one. */
export function fileStorageTests(name: string, open: () => Promise<FileStorageStage>): void {
  describe(`${name} as FileStorage`, () => {
    let stage: FileStorageStage;
    const one: TenantScope = { tenantId: '0198c0de-0000-7000-8000-000000000001' };
    const other: TenantScope = { tenantId: '0198c0de-0000-7000-8000-000000000002' };
    const content = Uint8Array.from({ length: 70_000 }, (_, at) => at % 251);

    beforeEach(async () => {
      stage = await open();
    });
    afterEach(() => stage.close());

    it('gives back what was put, byte by byte', async () => {
      await stage.storage.put(one, 'sources/a.bin', content);
      expect(Buffer.from((await stage.storage.get(one, 'sources/a.bin'))!).equals(content)).toBe(true);
    });

    it('keeps an empty file apart from none', async () => {
      await stage.storage.put(one, 'empty', new Uint8Array());
      expect((await stage.storage.get(one, 'empty'))?.length).toBe(0);
      expect(await stage.storage.get(one, 'none')).toBeNull();
    });

    it('replaces', async () => {
      await stage.storage.put(one, 'a', content);
      await stage.storage.put(one, 'a', Uint8Array.of(1, 2));
      expect([...(await stage.storage.get(one, 'a'))!]).toEqual([1, 2]);
    });

    it('never gives half a file, however many write at once', async () => {
      const sizes = [10, 200_000, 3, 150_000];
      await Promise.all(sizes.map((size) => stage.storage.put(one, 'a', new Uint8Array(size).fill(size % 256))));
      const found = (await stage.storage.get(one, 'a'))!;
      expect(sizes).toContain(found.length);
      expect(found.every((byte) => byte === found.length % 256)).toBe(true);
    });

    it('keeps tenants apart', async () => {
      await stage.storage.put(one, 'a', content);
      expect(await stage.storage.get(other, 'a')).toBeNull();
      expect(await stage.storage.remove(other, 'a')).toBe(false);
      await stage.storage.removeAll(other);
      expect(await stage.storage.get(one, 'a')).not.toBeNull();
    });

    it('removes one file, and says whether there was one', async () => {
      await stage.storage.put(one, 'a/b', content);
      expect(await stage.storage.remove(one, 'a/b')).toBe(true);
      expect(await stage.storage.remove(one, 'a/b')).toBe(false);
      expect(await stage.storage.get(one, 'a/b')).toBeNull();
    });

    it('removes everything of a tenant and of nobody else', async () => {
      await stage.storage.put(one, 'a', content);
      await stage.storage.put(one, 'deep/er/b', content);
      await stage.storage.put(other, 'a', content);
      await stage.storage.removeAll(one);
      await stage.storage.removeAll(one);
      expect(await stage.storage.get(one, 'a')).toBeNull();
      expect(await stage.storage.get(one, 'deep/er/b')).toBeNull();
      expect(await stage.storage.get(other, 'a')).not.toBeNull();
    });

    it.each([
      '',
      '/',
      '/etc/passwd',
      '../a',
      'a/../../b',
      'a/..',
      '..',
      '.a',
      'A',
      'a b',
      'a\0b',
      'a\\b',
      'ä',
      'a//b',
      'a/',
      'a/./b',
    ])('refuses the key %j', async (key) => {
      await expect(stage.storage.put(one, key, content)).rejects.toThrow('key');
      await expect(stage.storage.get(one, key)).rejects.toThrow('key');
      await expect(stage.storage.remove(one, key)).rejects.toThrow('key');
    });

    it.each(['', '.', '..', '../x', 'not-a-uuid', '0198c0de-0000-7000-8000-00000000000/'])(
      'refuses the tenant %j',
      async (tenantId) => {
        await expect(stage.storage.put({ tenantId }, 'a', content)).rejects.toThrow('tenant');
        await expect(stage.storage.removeAll({ tenantId })).rejects.toThrow('tenant');
      },
    );
  });
}
