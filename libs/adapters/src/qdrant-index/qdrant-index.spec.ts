import { knowledgeIndexTests } from '@docent/ports/testing';
import { QdrantClient } from '@qdrant/js-client-rest';
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QdrantIndex } from './qdrant-index';

const binary = path.resolve('../shared/bin/qdrant');
if (!existsSync(binary)) console.warn(`Skipping the tests of QdrantIndex: no server at ${binary}`);

describe.skipIf(!existsSync(binary))(
  'QdrantIndex, against a real server',
  () => {
    let server: ChildProcess;
    let folder: string;
    let url: string;

    beforeAll(async () => {
      folder = await mkdtemp(path.join(os.tmpdir(), 'qdrant-'));
      const [http, grpc] = [await freePort(), await freePort()];
      url = `http://127.0.0.1:${http}`;
      server = spawn(binary, {
        env: {
          ...process.env,
          QDRANT_HOME: folder,
          QDRANT__SERVICE__HTTP_PORT: String(http),
          QDRANT__SERVICE__GRPC_PORT: String(grpc),
          QDRANT__STORAGE__STORAGE_PATH: folder,
          QDRANT__LOG_LEVEL: 'ERROR',
        },
        stdio: 'ignore',
      });
      await untilReady(url);
    }, 60_000);

    afterAll(async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    }, 60_000);

    knowledgeIndexTests(async () => new QdrantIndex({ url }));

    it('leaves no vector behind, of whatever dimensions, and says so if one were left', async () => {
      const tenant = { tenantId: 'tidy' };
      const index = new QdrantIndex({ url });
      const client = new QdrantClient({ url, checkCompatibility: false });
      const left = async (collection: string) =>
        (await client.count(collection, { filter: { must: [{ key: 'tenant', match: { value: 'tidy' } }] }, exact: true })).count;
      await index.open(tenant, 'bot');
      const chunk = { sourceId: 's', title: '', headings: [], text: 'A pineapple.', language: 'en' };
      await index.put(tenant, 'bot', [{ ...chunk, chunkId: 'a' }]);
      const vectors = (size: number) => ({
        whole: new Float32Array(size).fill(0.5),
        windows: [new Float32Array(size).fill(0.5)],
      });
      await index.putVectors(tenant, 'bot', 'short', [{ chunkId: 'a', vectors: vectors(4) }]);
      await index.putVectors(tenant, 'bot', 'long', [{ chunkId: 'a', vectors: vectors(6) }]);
      expect([await left('docent_vectors_4'), await left('docent_vectors_6')]).toEqual([2, 2]);
      await client.delete('docent_words', { wait: true, filter: { must: [{ key: 'source', match: { value: 's' } }] } });
      expect(await index.count(tenant, 'bot', 's')).toBe(4);
      await index.removeSource(tenant, 'bot', 's');
      expect([await left('docent_vectors_4'), await left('docent_vectors_6')]).toEqual([0, 0]);
      expect(await index.count(tenant, 'bot', 's')).toBe(0);
    });

    it('keeps the set in use for another process', async () => {
      const tenant = { tenantId: 'shared' };
      await new QdrantIndex({ url }).open(tenant, 'bot');
      await new QdrantIndex({ url }).switchVectors(tenant, 'bot', 'one');
      await new QdrantIndex({ url }).open(tenant, 'bot');
      expect(await new QdrantIndex({ url }).vectorSet(tenant, 'bot')).toBe('one');
    });

    it('is still there for another process, and empty counts as there', async () => {
      const tenant = { tenantId: 'durable' };
      expect(await new QdrantIndex({ url }).has(tenant, 'bot')).toBe(false);
      await new QdrantIndex({ url }).open(tenant, 'bot');
      expect(await new QdrantIndex({ url }).has(tenant, 'bot')).toBe(true);
    });

    it('keeps no text and no words in the server', async () => {
      const tenant = { tenantId: 'secretive' };
      const index = new QdrantIndex({ url });
      await index.put(tenant, 'bot', [
        { chunkId: 'c', sourceId: 's', title: 'Marmalade', headings: [], text: 'Quincunx.', language: null },
      ]);
      const { points } = await new QdrantClient({ url, checkCompatibility: false }).scroll('docent_words', {
        limit: 1_000,
        filter: { must: [{ key: 'tenant', match: { value: 'secretive' } }] },
      });
      expect(points).toHaveLength(1);
      expect(JSON.stringify(points)).not.toMatch(/marmalad|quincunx/i);
    });
  },
  60_000,
);

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function untilReady(url: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const ready = await fetch(`${url}/readyz`)
      .then((response) => response.ok)
      .catch(() => false);
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('Qdrant did not become ready');
}
