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
    });

    knowledgeIndexTests(async () => new QdrantIndex({ url, dimensions: 4 }));

    it('works without vectors, in a collection of its own', async () => {
      const index = new QdrantIndex({ url, dimensions: 0 });
      const tenant = { tenantId: 'lexical' };
      await index.open(tenant, 'bot');
      await index.put(tenant, 'bot', [
        {
          chunkId: 'a',
          sourceId: 's',
          title: '',
          headings: [],
          text: 'A pineapple.',
          language: 'en',
        },
      ]);
      expect(await index.search(tenant, 'bot', { text: 'pineapple', limit: 3 })).toMatchObject([
        { chunkId: 'a', vectorScore: null },
      ]);
    });

    it('is still there for another process, and empty counts as there', async () => {
      const tenant = { tenantId: 'durable' };
      expect(await new QdrantIndex({ url, dimensions: 4 }).has(tenant, 'bot')).toBe(false);
      await new QdrantIndex({ url, dimensions: 4 }).open(tenant, 'bot');
      expect(await new QdrantIndex({ url, dimensions: 4 }).has(tenant, 'bot')).toBe(true);
    });

    it('keeps no text and no words in the server', async () => {
      const tenant = { tenantId: 'secretive' };
      const index = new QdrantIndex({ url, dimensions: 4 });
      await index.put(tenant, 'bot', [
        { chunkId: 'c', sourceId: 's', title: 'Marmalade', headings: [], text: 'Quincunx.', language: null },
      ]);
      const { points } = await new QdrantClient({ url, checkCompatibility: false }).scroll('docent_4', {
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
