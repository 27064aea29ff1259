import type { IndexQuery } from '@docent/ports';
import { knowledgeIndexTests } from '@docent/ports/testing';
import { ownPort } from '@docent/scripted-model';
import { QdrantClient } from '@qdrant/js-client-rest';
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
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
      const [http, grpc] = [await ownPort(), await ownPort()];
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

    it('keeps no text in the server, and no word in the clear', async () => {
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

    it('gives back the vectors of whole passages, of the set that is asked for', async () => {
      const tenant = { tenantId: 'giving' };
      const index = new QdrantIndex({ url });
      await index.open(tenant, 'bot');
      const chunk = { sourceId: 's', title: '', headings: [], text: 'A pineapple.', language: 'en' };
      await index.put(tenant, 'bot', [
        { ...chunk, chunkId: 'a' },
        { ...chunk, chunkId: 'b' },
      ]);
      const vectors = (value: number) => ({ whole: Float32Array.from([value, 1 - value]), windows: [Float32Array.from([1, 0])] });
      await index.putVectors(tenant, 'bot', 'one', [{ chunkId: 'a', vectors: vectors(0.25) }]);
      await index.putVectors(tenant, 'bot', 'two', [{ chunkId: 'a', vectors: vectors(0.75) }]);
      expect(await index.vectorsOf(tenant, 'bot', 'one', ['a', 'b', 'z'])).toEqual(
        new Map([['a', Float32Array.from([0.25, 0.75])]]),
      );
      expect(await index.vectorsOf({ tenantId: 'stranger' }, 'bot', 'one', ['a'])).toEqual(new Map());
    });

    describe('an unknown word', () => {
      const texts = [
        'The warranty covers the compressor.',
        'Music is played in the hall.',
        'Die Reiseversicherung gilt im Ausland.',
      ];
      const find = (index: QdrantIndex, tenant: { tenantId: string }, text: string, more: Partial<IndexQuery> = {}) =>
        index.search(tenant, 'bot', { text, limit: 3, ...more });

      it.each([
        ['a swapped letter', 'warrnaty', 0],
        ['a missing letter', 'compresor', 0],
        ['two errors in a long word', 'Reiseversicherng Auslnd', 2],
      ])('is taken for the nearest of the knowledge, by every process: %s', async (_, question, wanted) => {
        const tenant = { tenantId: `spelling ${question}` };
        const writer = new QdrantIndex({ url });
        const chunks = texts.map((text, at) => ({
          chunkId: `${at}`,
          sourceId: `s${at}`,
          title: '',
          headings: [],
          text,
          language: at === 2 ? 'de' : 'en',
        }));
        await writer.put(tenant, 'bot', chunks);
        const [match] = await find(new QdrantIndex({ url }), tenant, question);
        expect(match).toMatchObject({ chunkId: `${wanted}` });
        expect(match!.coverage).toBeGreaterThan(0.5);
        expect(match!.coverage).toBeLessThan(1);
      });

      it('that is a word of some language is not taken for one two letters away', async () => {
        const tenant = { tenantId: 'words' };
        const index = new QdrantIndex({ url });
        await index.put(tenant, 'bot', [
          { chunkId: 'c', sourceId: 's', title: '', headings: [], text: 'Contraction.', language: 'en' },
        ]);
        expect(await find(index, tenant, 'contradiction')).toHaveLength(1);
        expect(await find(index, tenant, 'contradiction', { isWord: () => true })).toEqual([]);
      });

      it('finds words that were added since, and none that were removed', async () => {
        const tenant = { tenantId: 'changing words' };
        const [index, other] = [new QdrantIndex({ url }), new QdrantIndex({ url })];
        const chunk = (sourceId: string, text: string) => ({
          chunkId: `${sourceId}c`,
          sourceId,
          title: '',
          headings: [],
          text,
          language: 'en',
        });
        await index.put(tenant, 'bot', [chunk('s', 'A pineapple.')]);
        expect(await find(index, tenant, 'pinaepple')).toHaveLength(1);
        await other.put(tenant, 'bot', [chunk('t', 'A marmalade.')]);
        await expect.poll(() => find(index, tenant, 'marmelade'), { timeout: 10_000 }).toHaveLength(1);
        await other.removeSource(tenant, 'bot', 's');
        expect(await find(index, tenant, 'pinaepple')).toEqual([]);
      });

      it('is never taken for a word of another tenant or bot', async () => {
        const index = new QdrantIndex({ url });
        const chunk = { chunkId: 'c', sourceId: 's', title: '', headings: [], text: 'A chrysanthemum.', language: 'en' };
        await index.put({ tenantId: 'gardener' }, 'bot', [chunk]);
        await index.put({ tenantId: 'neighbour' }, 'bot', [{ ...chunk, text: 'A spade.' }]);
        expect(await find(index, { tenantId: 'neighbour' }, 'chrysantemum')).toEqual([]);
        expect(await find(index, { tenantId: 'gardener' }, 'chrysantemum')).toHaveLength(1);
      });
    });
  },
  60_000,
);

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
