import OpenAI from 'openai';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ConversationGone, ErrorBody } from '@docent/contracts';
import { startScriptedModel, type ScriptedModel } from '@docent/scripted-model';
import { aBot, addSource, anApiKey, aWorkspace, headersOf, readEvents, request, type As, type Workspace } from './support/api-client';
import { openSocket } from './support/conversation-socket';
import { aVisitor } from './support/people';
import { startApp, type StartedApp } from './support/start-app';

let model: ScriptedModel;
let app: StartedApp;
let owner: Workspace;
let key: As;
let botId: string;

beforeAll(async () => {
  model = await startScriptedModel();
  app = await startApp({ MODEL_PROVIDER: 'openai', MODEL_NAME: 'scripted', MODEL_BASE_URL: `${model.url}/v1`, MODEL_API_KEY: 'none', ALLOW_PRIVATE_NETWORK: 'true' });
  owner = await aWorkspace(app.url);
  key = { key: await anApiKey(app.url, owner.as) };
});
beforeEach(async () => {
  model.reply({ kind: 'stall', pieces: ['A berth costs 24 euros per night [1]. '] });
  botId = await aBot(app.url, key);
  await addSource(app.url, botId, { type: 'text', name: 'Fees', text: '# Mooring fees\n\nA berth costs 24 euros per night. Larger boats pay more.' }, key);
});
afterAll(async () => {
  await app?.close();
  await model?.close();
});

/** Everything that a stream says until the server ends it; its reader listens when this resolves. */
async function listen(conversationId: string, as: As): Promise<{ toTheEnd: Promise<string> }> {
  const response = await fetch(`${app.url}/v1/conversations/${conversationId}/events`, { headers: headersOf(app.url, as) });
  return { toTheEnd: response.text() };
}

const poll = (conversationId: string, as: As) => request(app.url, 'GET', `/v1/conversations/${conversationId}/events/next?after=1000000`, undefined, as);
const deleteBot = () => request(app.url, 'DELETE', `/v1/bots/${botId}`, undefined, owner.as);

function lastWordOf(stream: string): ConversationGone {
  const [, data] = /event: gone\ndata: (.*)\n\n$/.exec(stream) ?? [];
  return ConversationGone.parse(JSON.parse(data ?? 'null'));
}

/** One reader of each kind, in the middle of an answer that never ends by itself. */
async function readersOf(conversationId: string, as: As) {
  await request(app.url, 'POST', `/v1/conversations/${conversationId}/messages`, { clientMessageId: 'first', text: 'How much does a berth cost?' }, as);
  await readEvents(app.url, conversationId, as, ({ type }) => type === 'answer.delta');
  const socket = await openSocket(app.url, key);
  const told = new Promise<unknown>((resolve) => socket.socket.once('gone', resolve));
  expect(await socket.ask('follow', { conversationId })).toMatchObject({ lastSeq: expect.any(Number) });
  // The poll says nothing while it waits: it goes first, and the others are answered after it.
  const polled = poll(conversationId, as);
  const [stream, keyStream] = [await listen(conversationId, as), await listen(conversationId, key)];
  return { stream: stream.toTheEnd, keyStream: keyStream.toTheEnd, polled, told, socket };
}

describe('those who follow a conversation that is deleted', () => {
  it.each([
    ['with its bot', (_conversationId: string) => deleteBot()],
    ['alone', (conversationId: string) => request(app.url, 'DELETE', `/v1/conversations/${conversationId}`, undefined, owner.as)],
  ])('hear that it is gone, %s, and are let go', async (_how, remove) => {
    const { as, conversationId } = await aVisitor(app.url, botId);
    const { stream, keyStream, polled, told, socket } = await readersOf(conversationId, as);
    expect((await remove(conversationId)).status).toBe(200);
    const word = { conversationId, code: 'not_found', message: 'This conversation has been deleted.' };
    for (const said of await Promise.all([stream, keyStream])) expect(lastWordOf(said)).toEqual(word);
    expect(await told).toEqual(word);
    expect(await polled).toMatchObject({ status: 404, body: { error: { code: 'not_found', message: word.message } } });
    // Whoever comes back is refused; the socket itself stays for other conversations.
    expect(await socket.ask('follow', { conversationId })).toMatchObject({ error: { code: 'not_found' } });
    expect(socket.socket.connected).toBe(true);
    socket.close();
  });

  it('are told in words that the chat is gone where they come back to its bot', async () => {
    const { as } = await aVisitor(app.url, botId);
    await deleteBot();
    const gone = { status: 404, body: { error: { code: 'not_found', message: 'This chat is not available any more.' } } };
    expect(await request(app.url, 'POST', `/v1/bots/${botId}/conversations`, {}, as)).toMatchObject(gone);
    expect(await request(app.url, 'POST', '/v1/visitor-sessions', { botId }, { origin: app.url })).toMatchObject(gone);
  });

  it('hear it on the OpenAI-compatible stream as an error', async () => {
    const client = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: key.key, maxRetries: 0 });
    const stream = await client.chat.completions.create({ model: botId, messages: [{ role: 'user', content: 'How much does a berth cost?' }], stream: true });
    const reading = (async () => {
      for await (const chunk of stream) if (chunk.choices[0]?.delta.content) await deleteBot();
    })();
    await expect(reading).rejects.toThrow(/has been deleted/);
  });

  it('hear it as a refusal where they wait for the whole answer', async () => {
    const answer = request(app.url, 'POST', '/v1/chat/completions', { model: botId, messages: [{ role: 'user', content: 'How much does a berth cost?' }] }, key);
    await expect.poll(async () => ((await request(app.url, 'GET', `/v1/conversations?botId=${botId}`, undefined, owner.as)).body.items as unknown[]).length).toBe(1);
    await deleteBot();
    const { status, body } = await answer;
    expect([status, ErrorBody.parse(body).error.code]).toEqual([404, 'not_found']);
  });

  it('leave others undisturbed, of the same workspace and of another', async () => {
    const otherBot = await aBot(app.url, owner.as);
    const stranger = await aWorkspace(app.url);
    const theirs = await aVisitor(app.url, await aBot(app.url, stranger.as));
    const ours = await aVisitor(app.url, otherBot);
    const [gone, stays, strangers] = [await aVisitor(app.url, botId), poll(ours.conversationId, ours.as), poll(theirs.conversationId, theirs.as)];
    const { toTheEnd } = await listen(gone.conversationId, gone.as);
    await deleteBot();
    lastWordOf(await toTheEnd);
    await request(app.url, 'POST', `/v1/conversations/${ours.conversationId}/visitor`, { readSeq: 0, typing: true }, ours.as);
    const settled = await Promise.race([stays, strangers, new Promise((later) => setTimeout(later, 1000, 'still waiting'))]);
    expect(settled).toBe('still waiting');
  });
});
