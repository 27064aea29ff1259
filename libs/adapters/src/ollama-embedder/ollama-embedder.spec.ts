import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { embedderTests } from '@docent/ports/testing';
import { ownPort, type Script, type ScriptedModel, startScriptedModel } from '@docent/scripted-model';
import { GuardedEgress } from '../egress/guarded-egress';
import type { EndpointOptions } from '../model-embedder/endpoint-embedder';
import { OllamaEmbedder } from './ollama-embedder';

const embedderOf = (server: ScriptedModel, options: Partial<EndpointOptions> = {}) =>
  new OllamaEmbedder(new GuardedEgress(), { baseUrl: server.url, model: 'scripted', ...options }).connect();

embedderTests('Ollama', async () => {
  const server = await startScriptedModel();
  return { embedder: await embedderOf(server), close: () => server.close() };
});

let server: ScriptedModel;
const open: OllamaEmbedder[] = [];
beforeEach(async () => void (server = await startScriptedModel()));
afterEach(async () => {
  for (const embedder of open.splice(0)) await embedder.close();
  await server.close();
});

async function anEmbedder(options: Partial<EndpointOptions> = {}): Promise<OllamaEmbedder> {
  const embedder = await embedderOf(server, options);
  open.push(embedder);
  return embedder;
}

const ask = (embedder: OllamaEmbedder, text: string) => embedder.forKnowledge({ tenantId: 'tenant' }, 'bot').embedQuestion(text);
const embedRequests = () =>
  server.requests.filter(({ path }) => path === '/api/embed').map(({ body }) => body as { input: string[]; dimensions?: number });

it('finds out by itself how long the vectors are and which version of the model it is', async () => {
  expect(await anEmbedder()).toMatchObject({ name: 'scripted-a10000000000@64', dimensions: 64 });
  expect(await anEmbedder({ model: 'Scripted:latest', dimensions: 32 })).toMatchObject({
    name: 'Scripted:latest-a10000000000@32',
    dimensions: 32,
  });
});

it('asks in batches, in order', async () => {
  const embedder = await anEmbedder();
  const texts = Array.from({ length: 70 }, (_, index) => ({ title: '', text: `word${index} common` }));
  const knowledge = embedder.forKnowledge({ tenantId: 'tenant' }, 'bot');
  const together = await knowledge.embedPassages(texts);
  expect(
    embedRequests()
      .slice(1)
      .map(({ input }) => input.length),
  ).toEqual([32, 32, 6]);
  for (const index of [0, 31, 32, 69]) expect((await knowledge.embedPassages([texts[index]!]))[0]).toEqual(together[index]);
});

it('puts before questions and passages what the operator says', async () => {
  const embedder = await anEmbedder({ prefixes: { question: 'search_query: ', passage: 'search_document: ' } });
  await ask(embedder, 'Norway');
  await embedder.forKnowledge({ tenantId: 'tenant' }, 'bot').embedPassages([{ title: 'Shipping', text: 'Norway' }]);
  expect(
    embedRequests()
      .slice(1)
      .flatMap(({ input }) => input),
  ).toEqual(['search_query: Norway', 'search_document: Shipping\nNorway']);
  expect(embedder.name).not.toBe((await anEmbedder()).name);
});

it('embeds everything through an endpoint that refuses 30 % with 429 and 10 % with 500', async () => {
  const embedder = await anEmbedder();
  server.reply(...refusals(200), { kind: 'helpful' });
  const texts = Array.from({ length: 32 * 30 }, (_, index) => ({ title: '', text: `word${index}` }));
  expect(await embedder.forKnowledge({ tenantId: 'tenant' }, 'bot').embedPassages(texts)).toHaveLength(texts.length);
  expect(embedRequests().length).toBeGreaterThan(40);
});

describe('without the model', () => {
  it('has no name, says which command fetches it, and is there once it was fetched', async () => {
    const told: string[] = [];
    const embedder = new OllamaEmbedder(new GuardedEgress(), {
      baseUrl: server.url,
      model: 'nomic-embed-text',
      tell: (problem) => told.push(problem),
    });
    open.push(embedder);
    const connected = embedder.connect();
    await expect.poll(() => told).toEqual([expect.stringMatching(/no model nomic-embed-text.*ollama pull nomic-embed-text/)]);
    expect(embedder).toMatchObject({ name: null, dimensions: 0 });
    expect(() => embedder.forKnowledge({ tenantId: 'tenant' }, 'bot')).toThrow(/not answered yet/);
    server.ollama.pull('nomic-embed-text:latest', 'c3');
    await connected;
    expect(embedder.name).toBe('nomic-embed-text-c30000000000@64');
    expect(told).toHaveLength(1);
  });

  it('has no name while nobody listens, and is there once somebody does', async () => {
    await server.close();
    const port = await ownPort();
    const embedder = new OllamaEmbedder(new GuardedEgress(), { baseUrl: `http://127.0.0.1:${port}`, model: 'scripted' });
    open.push(embedder);
    const connected = embedder.connect();
    expect(embedder.name).toBeNull();
    server = await startScriptedModel({ port });
    await connected;
    expect(embedder.dimensions).toBe(64);
  });

  it('makes no vectors with another version than it began with', async () => {
    const embedder = await anEmbedder();
    await ask(embedder, 'one');
    server.ollama.pull('scripted:latest', 'ff');
    forgetTheLook(embedder);
    await expect(ask(embedder, 'two')).rejects.toThrow(/another version of scripted.*start Docent again/);
  });
});

it.each([
  [
    { kind: 'status', status: 400, message: 'this model does not support embeddings' } as const,
    /status 400 \(this model does not support embeddings\)/,
  ],
  [{ kind: 'status', status: 404, message: "model 'scripted' not found" } as const, /ollama pull scripted/],
])('says what is wrong: %o', async (script, words) => {
  const embedder = await anEmbedder();
  server.reply(script);
  await expect(ask(embedder, 'one')).rejects.toThrow(words);
});

it('does not wait for ever for a server that says nothing', async () => {
  const embedder = await anEmbedder({ timeoutMs: 300 });
  server.reply({ kind: 'stall', beforeHeaders: true });
  await expect(ask(embedder, 'one')).rejects.toThrow();
});

/** In no order that a client could lean on, up to four refusals in a row. */
function refusals(count: number): Script[] {
  const order = '4.4...5..44.4445....4..5.4.4...54.444.....4..4..5.4'.split('');
  const script = {
    4: { kind: 'status', status: 429, retryAfterSeconds: 0 },
    5: { kind: 'status', status: 500, retryAfterSeconds: 0 },
  } as Record<string, Script>;
  return Array.from({ length: count }, (_, at) => script[order[at % order.length]!] ?? { kind: 'helpful' });
}

/** As a minute later. */
function forgetTheLook(embedder: OllamaEmbedder): void {
  (embedder as unknown as { lookedAt: number }).lookedAt = 0;
}
