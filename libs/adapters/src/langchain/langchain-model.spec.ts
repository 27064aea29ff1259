import { expect, it } from 'vitest';
import {
  Egress,
  type EgressReader,
  type EgressRequest,
  type EgressResponse,
  type EgressStream,
  type EgressStreamRequest,
  type ModelConnection,
  type ModelProviderName,
} from '@docent/ports';
import { languageModelTests, type LanguageModelStage } from '@docent/ports/testing';
import { startScriptedModel } from '@docent/scripted-model';
import { GuardedEgress } from '../egress/guarded-egress';
import { LangChainModel } from './langchain-model';

/** Counts what passes: a request that the supplier sees and this one does not has found another way out. */
class CountingEgress extends Egress {
  passed = 0;
  asked: boolean[] = [];
  private readonly guarded = new GuardedEgress();

  override fetch(request: EgressRequest): Promise<EgressResponse> {
    return this.guarded.fetch(request);
  }

  override fetchFunction({ trustedAddress }: { trustedAddress: boolean }): typeof globalThis.fetch {
    this.asked.push(trustedAddress);
    const guardedFetch = this.guarded.fetchFunction({ trustedAddress });
    return (input, init) => {
      this.passed += 1;
      return guardedFetch(input, init);
    };
  }

  override openStream(request: EgressStreamRequest, reader: EgressReader): Promise<EgressStream> {
    this.passed += 1;
    return this.guarded.openStream(request, reader);
  }
}

const paths = { openai: '/v1', anthropic: '', google: '' };

async function openStage(provider: ModelProviderName): Promise<LanguageModelStage & { egress: CountingEgress }> {
  const server = await startScriptedModel();
  const egress = new CountingEgress();
  let closing: Promise<void> | null = null;
  return {
    egress,
    model: new LangChainModel(egress),
    connection: { provider, model: 'scripted', baseUrl: server.url + paths[provider], apiKey: 'k', trustedAddress: true },
    reply: server.reply,
    requestCount: () => server.requests.length,
    abortedCount: () => server.requests.filter((request) => request.aborted).length,
    sentText: () => JSON.stringify(server.requests),
    close: async () => {
      expect(egress.passed).toBeGreaterThanOrEqual(server.requests.length);
      await (closing ??= server.close());
    },
  };
}

const providers: ModelProviderName[] = ['openai', 'anthropic', 'google'];
for (const provider of providers) languageModelTests(`LangChain, ${provider}`, () => openStage(provider));

const aRequest = () => ({
  messages: [{ role: 'user' as const, content: 'Hi' }],
  maxOutputTokens: 10,
  firstTokenTimeoutMs: 5_000,
  idleTimeoutMs: 5_000,
  signal: new AbortController().signal,
});

async function failureOf(model: LangChainModel, connection: ModelConnection): Promise<unknown> {
  try {
    for await (const _ of model.stream(connection, aRequest())) continue;
    return null;
  } catch (error) {
    return error;
  }
}

it.each(providers)('keeps to itself what a model writes of its thoughts (%s)', async (provider) => {
  const stage = await openStage(provider);
  stage.reply({ kind: 'pieces', pieces: ['<thi', 'nk>They may mean ', 'Norway.</th', 'ink>\n\nSeven', ' days.'] });
  let said = '';
  for await (const piece of stage.model.stream(stage.connection, aRequest())) said += piece.type === 'text' ? piece.text : '';
  expect(said).toBe('Seven days.');
  await stage.close();
});

it.each(providers)('asks the guard about addresses that no operator configured (%s)', async (provider) => {
  const stage = await openStage(provider);
  expect(await failureOf(new LangChainModel(stage.egress), { ...stage.connection, trustedAddress: false })).toMatchObject({
    code: 'address_not_allowed',
  });
  expect(stage.egress.asked).toEqual([false]);
  expect(stage.requestCount()).toBe(0);
  await stage.close();
});

it.each(providers)('is not redirected or traced by the environment of the host (%s)', async (provider) => {
  const stray = await startScriptedModel();
  const names = [
    'OPENAI_BASE_URL',
    'OPENAI_API_BASE',
    'ANTHROPIC_BASE_URL',
    'ANTHROPIC_API_URL',
    'LANGSMITH_GATEWAY',
    'LANGSMITH_ENDPOINT',
    'LANGCHAIN_ENDPOINT',
  ];
  const before = { ...process.env };
  for (const name of names) process.env[name] = stray.url;
  for (const name of ['LANGSMITH_TRACING', 'LANGCHAIN_TRACING_V2']) process.env[name] = 'true';
  process.env['LANGSMITH_API_KEY'] = 'stray';
  const stage = await openStage(provider);
  try {
    expect(await failureOf(new LangChainModel(stage.egress), stage.connection)).toBeNull();
    expect(stage.requestCount()).toBe(1);
    expect(stage.egress.passed).toBe(1);
    expect(stray.requests).toEqual([]);
  } finally {
    process.env = before;
    await stage.close();
    await stray.close();
  }
});

it('keeps the Google key out of the address', async () => {
  const stage = await openStage('google');
  await failureOf(new LangChainModel(stage.egress), { ...stage.connection, apiKey: 'AIza-secret-in-header' });
  const [request] = JSON.parse(stage.sentText()) as { path: string; headers: Record<string, string> }[];
  expect(request?.path).not.toContain('secret');
  expect(request?.headers['x-goog-api-key']).toBe('AIza-secret-in-header');
  await stage.close();
});
