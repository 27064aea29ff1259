import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { BotsService } from '@docent/chat';
import { CreateBot } from '@docent/contracts';
import { buildQuery, describeSource, toColumns, type Chunk, type PassageBatch, RetrievalService, SourcesRepository, SourcesService } from '@docent/knowledge';
import { TenantDb } from '@docent/platform';
import type { StorePassages } from '../../../../tools/bench/ingest';
import type { LoadedRetrieval } from '../../../../tools/bench/search-product';
import { startThrowAwayProduct, type ThrowAwayProduct } from '../throw-away-product';

const passagesPerAnswer = 10;

/** Knowledge goes in through upload, queue, extraction and index; questions skip HTTP. */
export async function openRetrieval(): Promise<LoadedRetrieval> {
  const home = await startThrowAwayProduct();
  return {
    async load(files) {
      const botId = await createBot(home);
      let chunks = 0;
      for (const [at, text] of files.entries()) chunks += await load(home, botId, `part ${at + 1}.txt`, text);
      const retrieval = serviceOf(home, RetrievalService);
      return { chunks, search: (question) => retrieval.search(home.ctx, botId, buildQuery(question, []), passagesPerAnswer) };
    },
    close: home.close,
  };
}

/** The write path of passages alone, as the ingest job uses it. */
export async function openStore(): Promise<{ store: StorePassages; close(): Promise<void> }> {
  const home = await startThrowAwayProduct();
  const sources = serviceOf(home, SourcesRepository);
  return {
    async store(texts) {
      const botId = await createBot(home);
      const source = { id: randomUUID(), botId };
      await serviceOf(home, TenantDb).run(home.ctx, (db) => db.source.create({ data: { ...source, tenantId: home.ctx.tenantId, type: 'text', name: 'bench' } }));
      let start = 0;
      const chunks = texts.map((text, ordinal) => {
        const chunk = { ordinal, start, end: start + text.length, headings: [], page: null, text };
        start = chunk.end + 2;
        return chunk;
      });
      const extracted = { title: 'bench', mediaType: 'text/plain', text: texts.join('\n\n'), pages: [], headings: [], tables: [] };
      // In the product a thread of its own makes them meanwhile.
      const prepared = { ...describeSource(extracted), batches: inTurn(inBatches(chunks)), close: () => undefined };
      const began = performance.now();
      await sources.storeSnapshot(home.ctx, source, { extracted, prepared });
      return performance.now() - began;
    },
    close: home.close,
  };
}

const passagesPerBatch = 1000;

/** As they come from where a source is cut. */
function inBatches(chunks: Chunk[]): PassageBatch[] {
  return Array.from({ length: Math.ceil(chunks.length / passagesPerBatch) }, (_, at) => {
    const batch = chunks.slice(at * passagesPerBatch, (at + 1) * passagesPerBatch);
    return { count: batch.length, total: chunks.length, columns: toColumns(batch, []), words: null, texts: null };
  });
}

async function* inTurn<T>(all: T[]): AsyncGenerator<T, void> {
  yield* all;
}

async function createBot(home: ThrowAwayProduct): Promise<string> {
  return (await serviceOf(home, BotsService).create(home.ctx, CreateBot.parse({ name: 'Bench' }))).id;
}

async function load(home: ThrowAwayProduct, botId: string, name: string, text: string): Promise<number> {
  const sources = serviceOf(home, SourcesService);
  const { id } = await sources.upload(home.ctx, botId, { name, content: Buffer.from(text) });
  for (;;) {
    const { status, chunkCount, error } = await sources.get(home.ctx, id);
    if (status === 'failed') throw new Error(`${name} could not be loaded: ${error?.message}`);
    if (status === 'ready') return chunkCount;
    await wait(10);
  }
}

function serviceOf<T>(home: ThrowAwayProduct, service: abstract new (...parts: never[]) => T): T {
  return home.product.app.get(service as never, { strict: false });
}
