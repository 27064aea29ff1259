import { afterEach, beforeEach, expect, it } from 'vitest';
import { embedderTests } from '@docent/ports/testing';
import { type ScriptedModel, startScriptedModel } from '@docent/scripted-model';
import { GuardedEgress } from '../egress/guarded-egress';
import { OpenAiEmbedder } from './openai-embedder';

const embedderOf = (server: ScriptedModel) =>
  new OpenAiEmbedder(new GuardedEgress(), {
    baseUrl: `${server.url}/v1/`,
    apiKey: 'sk-canary-embed-1234',
    model: 'scripted',
    dimensions: 48,
  });

embedderTests('OpenAI-compatible', async () => {
  const server = await startScriptedModel();
  return { embedder: embedderOf(server), close: () => server.close() };
});

let server: ScriptedModel;
beforeEach(async () => void (server = await startScriptedModel()));
afterEach(() => server.close());

const scope = { tenantId: 'tenant' };
const ask = (embedder: OpenAiEmbedder, text: string) => embedder.forKnowledge(scope, 'bot').embedQuestion(text);

it('asks in batches and keeps the order, although the endpoint answers out of order', async () => {
  const texts = Array.from({ length: 150 }, (_, index) => ({ title: '', text: `word${index} common` }));
  const embedder = embedderOf(server).forKnowledge(scope, 'bot');
  const together = await embedder.embedPassages(texts);
  expect(server.requests).toHaveLength(3);
  for (const index of [0, 63, 64, 149]) expect((await embedder.embedPassages([texts[index]!]))[0]).toEqual(together[index]);
});

it('waits out a passing refusal', async () => {
  server.reply(
    { kind: 'status', status: 429, retryAfterSeconds: 0 },
    { kind: 'status', status: 503, retryAfterSeconds: 0 },
    { kind: 'helpful' },
  );
  expect((await ask(embedderOf(server), 'one')).values).toHaveLength(48);
  expect(server.requests).toHaveLength(3);
});

it('does without the size where the endpoint refuses to be told it', async () => {
  server.reply({ kind: 'status', status: 400 }, { kind: 'helpful' });
  const embedder = new OpenAiEmbedder(new GuardedEgress(), {
    baseUrl: `${server.url}/v1`,
    apiKey: '',
    model: 'fixed-64',
    dimensions: 64,
  });
  expect((await ask(embedder, 'one')).values).toHaveLength(64);
  await ask(embedder, 'two');
  expect(server.requests.map(({ body }) => Object.keys(body as object).includes('dimensions'))).toEqual([true, false, false]);
});

it.each([
  [{ kind: 'status', status: 401, message: 'Incorrect API key provided: sk-canary-embed-1234' } as const, /status 401/],
  [{ kind: 'garbage' } as const, /without a vector/],
  [{ kind: 'web_page' } as const, /without a vector/],
])('says what is wrong, without the key: %o', async (script, words) => {
  server.reply(script);
  const error: unknown = await ask(embedderOf(server), 'one').catch((reason: unknown) => reason);
  expect(String(error)).toMatch(words);
  expect(String(error)).not.toContain('canary');
  expect(server.requests).toHaveLength(1);
});

it('refuses vectors of another size than announced', async () => {
  const embedder = new OpenAiEmbedder(new GuardedEgress(), {
    baseUrl: `${server.url}/v1`,
    apiKey: '',
    model: 'fixed-64',
    dimensions: 256,
  });
  await expect(ask(embedder, 'one')).rejects.toThrow(/256 numbers/);
});

it('finds out by itself how long the vectors are where nobody says it', async () => {
  const embedder = await new OpenAiEmbedder(new GuardedEgress(), { baseUrl: `${server.url}/v1`, model: 'fixed-64' }).connect();
  expect(embedder).toMatchObject({ name: 'fixed-64@64', dimensions: 64 });
  expect((await ask(embedder, 'one')).values).toHaveLength(64);
  expect(server.requests.some(({ body }) => 'dimensions' in (body as object))).toBe(false);
});

it('has no name while nobody answers, says why once, and is there when somebody does', async () => {
  const told: string[] = [];
  server.reply({ kind: 'status', status: 401 }, { kind: 'status', status: 401 }, { kind: 'helpful' });
  const embedder = new OpenAiEmbedder(new GuardedEgress(), {
    baseUrl: `${server.url}/v1`,
    model: 'fixed-64',
    tell: (problem) => told.push(problem),
  });
  const connected = embedder.connect();
  expect(embedder.name).toBeNull();
  await connected;
  expect(embedder.name).toBe('fixed-64@64');
  expect(told).toEqual([expect.stringContaining('status 401')]);
  await embedder.close();
});
