import OpenAI, { AuthenticationError, BadRequestError, NotFoundError, PermissionDeniedError } from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plans } from '@docent/billing';
import type { ChatCompletion as OurCompletion, Citation } from '@docent/contracts';
import { startScriptedModel, type ScriptedModel } from '@docent/scripted-model';
import { adminOf } from './support/admin-database';
import { completionOf, spansOf } from './support/answer-of';
import { aBot, addSource, anApiKey, answerEnds, ask, aWorkspace, readEvents, request, type As, type Workspace } from './support/api-client';
import { startApp, type StartedApp } from './support/start-app';

let app: StartedApp;
let model: ScriptedModel;
let owner: Workspace;
let key: As;
let botId: string;
let client: OpenAI;
const question = 'What is the password of the harbour gate?';

beforeAll(async () => {
  model = await startScriptedModel();
  app = await startApp({ ALLOW_PRIVATE_NETWORK: 'true' });
  owner = await aWorkspace(app.url);
  key = { key: await anApiKey(app.url, owner.as) };
  botId = await aBot(app.url, key, { limitMessage: 'Back next month.' });
  await addSource(app.url, botId, { type: 'qa', question, answer: 'The password is “seagull”. It changes every Monday.' }, key);
  client = clientWith(key.key!);
});
afterAll(async () => {
  await app?.close();
  await model?.close();
});

const clientWith = (apiKey: string) => new OpenAI({ baseURL: `${app.url}/v1`, apiKey, maxRetries: 0 });
const asks = (content: string) => ({ model: botId, messages: [{ role: 'user' as const, content }] });

interface Streamed {
  text: string;
  finish: string | null;
  citations: Citation[];
  mentioned: Citation[];
  usage: OpenAI.CompletionUsage | null | undefined;
  conversationId: string;
}

/** The extra fields stand beside those that the package knows. */
type Extra = Pick<OurCompletion, 'citations' | 'answered' | 'conversation_id'>;

async function streamOf(content: string): Promise<Streamed> {
  const stream = await client.chat.completions.create({ ...asks(content), stream: true, stream_options: { include_usage: true } });
  const streamed: Streamed = { text: '', finish: null, citations: [], mentioned: [], usage: null, conversationId: '' };
  for await (const chunk of stream) {
    const { citations, conversation_id } = chunk as Extra;
    streamed.text += chunk.choices[0]?.delta.content ?? '';
    if (chunk.choices[0]?.finish_reason) Object.assign(streamed, { finish: chunk.choices[0].finish_reason, citations, conversationId: conversation_id });
    else streamed.mentioned.push(...(citations ?? []));
    streamed.usage = chunk.usage ?? streamed.usage;
  }
  return streamed;
}

describe('the official package', () => {
  it('lists the bots as models', async () => {
    const ids: string[] = [];
    for await (const listed of client.models.list()) ids.push(listed.id);
    expect(ids).toEqual([botId]);
    expect(await client.models.retrieve(botId)).toMatchObject({ id: botId, object: 'model' });
    await expect(client.models.retrieve('gpt-4o')).rejects.toBeInstanceOf(NotFoundError);
  });

  it('gets a whole answer with its citations', async () => {
    const completion = await client.chat.completions.create(asks(question));
    const { citations, answered, conversation_id } = completion as Extra;
    expect(completion).toMatchObject({ object: 'chat.completion', model: botId, choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant' } }] });
    expect(completion.choices[0]!.message.content).toContain('seagull');
    expect(answered).toBe(true);
    expect(citations).not.toHaveLength(0);
    expect(await spansOf(app.url, citations!, key)).toEqual(citations!.map(({ quote }) => quote));
    expect(completion.usage!.total_tokens).toBe(completion.usage!.prompt_tokens + completion.usage!.completion_tokens);
    expect((await request(app.url, 'GET', `/v1/conversations/${conversation_id!}`, undefined, key)).body).toMatchObject({ channel: 'openai' });
  });

  it('streams the same answer with the same citations', async () => {
    const whole = await client.chat.completions.create(asks(question));
    const streamed = await streamOf(question);
    expect(streamed.text).toBe(whole.choices[0]!.message.content);
    expect(streamed.finish).toBe('stop');
    expect(streamed.citations).toEqual((whole as Extra).citations);
    expect(streamed.mentioned).toEqual(streamed.citations);
    expect(streamed.usage!.completion_tokens).toBeGreaterThan(0);
  });

  it('sends the content in parts and what was said before', async () => {
    const { choices } = await client.chat.completions.create({
      model: botId,
      temperature: 0.3,
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hello' },
        { role: 'assistant', content: 'Hello, how can I help?' },
        { role: 'assistant', content: null },
        { role: 'user', content: [{ type: 'text', text: question }] },
      ],
    });
    expect(choices[0]!.message.content).toContain('seagull');
  });

  it('is told in its own errors what is wrong', async () => {
    const [wrongKey, narrow] = [clientWith('dk_made_up'), clientWith(await anApiKey(app.url, owner.as, ['bots:read']))];
    await expect(wrongKey.chat.completions.create(asks(question))).rejects.toBeInstanceOf(AuthenticationError);
    await expect(narrow.models.list()).rejects.toBeInstanceOf(PermissionDeniedError);
    for (const name of ['gpt-4o', '00000000-0000-4000-8000-000000000000'])
      await expect(client.chat.completions.create({ ...asks(question), model: name }), name).rejects.toBeInstanceOf(NotFoundError);
    await expect(client.chat.completions.create({ model: botId, messages: [] })).rejects.toBeInstanceOf(BadRequestError);
    await expect(client.chat.completions.create({ model: botId, messages: [{ role: 'assistant', content: 'Hi' }] })).rejects.toBeInstanceOf(BadRequestError);
    await expect(client.chat.completions.create({ ...asks(question), n: 2 })).rejects.toMatchObject({ status: 400, message: expect.stringContaining('n: ') as string });
    const refusal: unknown = await client.chat.completions.create({ ...asks(question), model: 'gpt-4o' }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ status: 404, code: 'not_found', message: expect.stringContaining('/v1/models') as string });
  });

  it('is told when the model fails, whole or in the middle of a stream', async () => {
    const settings = { provider: 'openai', model: 'scripted', baseUrl: `${model.url}/v1` };
    await request(app.url, 'PUT', '/v1/settings/model', settings, owner.as);
    model.reply({ kind: 'cut', pieces: ['The password '] });
    await expect(client.chat.completions.create(asks(question))).rejects.toMatchObject({ status: 502, code: 'model_failed' });
    await expect(streamOf(question)).rejects.toMatchObject({ code: 'model_failed' });
    await request(app.url, 'DELETE', '/v1/settings/model', undefined, owner.as);
  });

  it('leaves an answer running that it no longer waits for', async () => {
    const stream = await client.chat.completions.create({ ...asks(question), stream: true });
    stream.controller.abort();
    const items = async () => (await request(app.url, 'GET', '/v1/conversations', undefined, key)).body.items as { id: string }[];
    const [newest] = await items();
    expect(completionOf(await readEvents(app.url, newest!.id, key, answerEnds)).answered).toBe(true);
  });
});

describe('the citations of one answer', () => {
  it('are the same in the transcript, the events and the OpenAI protocol', async () => {
    const streamed = await streamOf(question);
    const transcript = await request(app.url, 'GET', `/v1/conversations/${streamed.conversationId}`, undefined, key);
    const events = await readEvents(app.url, streamed.conversationId, key, answerEnds);
    const said = (transcript.body.transcript as { citations: Citation[]; text: string }[]).at(-1)!;
    expect(streamed.citations).not.toHaveLength(0);
    expect(said.citations).toEqual(streamed.citations);
    expect(completionOf(events).citations).toEqual(streamed.citations);
    expect(events.flatMap((event) => (event.type === 'answer.delta' ? (event.data.citations ?? []) : []))).toEqual(streamed.citations);
    expect([said.text, completionOf(events).text]).toEqual([streamed.text, streamed.text]);
    const turnId = completionOf(events).turnId;
    for (const citation of streamed.citations) {
      const shown = await request(app.url, 'GET', `/v1/conversations/${streamed.conversationId}/turns/${turnId}/citations/${citation.n}`, undefined, key);
      expect(shown.body).toMatchObject({ citation, quote: citation.quote });
    }
    const again = completionOf((await ask(app.url, botId, question, key)).events);
    expect([again.text, again.citations]).toEqual([streamed.text, streamed.citations]);
  });
});

describe('at the limit of the plan', () => {
  it('a program is told so by an error that it can read', async () => {
    const poor = await aWorkspace(app.url);
    const admin = await adminOf(app);
    await admin.query(`UPDATE tenants SET plan_id = 'free' WHERE tenant_id = $1`, [poor.workspaceId]);
    await admin.query(`INSERT INTO usage_periods (tenant_id, period_start, booked) VALUES ($1, date_trunc('month', now() AT TIME ZONE 'UTC')::date, $2)`, [poor.workspaceId, plans.free.messagesPerMonth]);
    await admin.end();
    const poorKey: As = { key: await anApiKey(app.url, poor.as) };
    const poorBot = await aBot(app.url, poorKey);
    const refused: unknown = await clientWith(poorKey.key!).chat.completions.create({ model: poorBot, messages: [{ role: 'user', content: 'Hello?' }] }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ status: 402, code: 'limit_reached' });
  });
});
