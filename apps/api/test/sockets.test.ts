import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { routes, type ConversationEvent } from '@docent/contracts';
import { startScriptedModel, type ScriptedModel } from '@docent/scripted-model';
import { aBot, addSource, anApiKey, answerEnds, aWorkspace, readEvents, request, type As, type Workspace } from './support/api-client';
import { openSocket, type OpenSocket } from './support/conversation-socket';
import { startApp, type StartedApp } from './support/start-app';

let app: StartedApp;
let model: ScriptedModel;
let owner: Workspace;
let key: As;
let botId: string;
const open: OpenSocket[] = [];
const question = 'How much does a berth cost?';
const said = 'A berth costs 24 euros per night for boats up to ten metres [1]. ';

beforeAll(async () => {
  model = await startScriptedModel();
  app = await startApp({ MODEL_PROVIDER: 'openai', MODEL_NAME: 'scripted', MODEL_BASE_URL: `${model.url}/v1` });
  owner = await aWorkspace(app.url);
  key = { key: await anApiKey(app.url, owner.as) };
  botId = await aBot(app.url, key);
  await addSource(app.url, botId, { type: 'text', name: 'Harbour', text: 'A berth costs 24 euros per night for boats up to ten metres.' }, key);
});
beforeEach(() => model.reply({ kind: 'drip', text: said.repeat(3), delayMs: 3 }));
afterAll(async () => {
  for (const socket of open) socket.close();
  await app?.close();
  await model?.close();
});

async function connected(as: As): Promise<OpenSocket> {
  const socket = await openSocket(app.url, as);
  open.push(socket);
  return socket;
}

async function begin(as: As = key): Promise<string> {
  return String((await request(app.url, 'POST', `/v1/bots/${botId}/conversations`, {}, as)).body.id);
}

const aVisitor = async (): Promise<As> => ({ visitor: String((await request(app.url, 'POST', routes.createVisitorSession.path, { botId }, { origin: app.url })).body.token), origin: app.url });
const comparable = (events: ConversationEvent[]) => events.map(({ seq, type, data }) => ({ seq, type, data }));

describe('a conversation over sockets', () => {
  it.each(['a program', 'a visitor', 'a member'])('is asked and followed by %s, event by event as over HTTP', async (who) => {
    const as = { 'a program': key, 'a visitor': await aVisitor(), 'a member': owner.as }[who]!;
    const conversationId = await begin(as);
    const socket = await connected(as);
    expect(await socket.ask('follow', { conversationId })).toEqual({ lastSeq: 0 });
    const turn = await socket.ask('send', { conversationId, clientMessageId: 'first', text: question });
    expect(turn).toMatchObject({ seq: 1, turnId: expect.any(String) });
    expect(await socket.ask('send', { conversationId, clientMessageId: 'first', text: question })).toEqual(turn);
    const events = await socket.until(conversationId, answerEnds);
    expect(comparable(events)).toEqual(comparable(await readEvents(app.url, conversationId, as, answerEnds)));
  });

  it('goes on after the event that is named', async () => {
    const conversationId = await begin();
    const first = await connected(key);
    await first.ask('follow', { conversationId });
    await first.ask('send', { conversationId, clientMessageId: 'first', text: question });
    const whole = await first.until(conversationId, answerEnds);
    const second = await connected(key);
    await second.ask('follow', { conversationId, after: 3 });
    expect(comparable(await second.until(conversationId, answerEnds))).toEqual(comparable(whole.slice(3)));
  });

  it('is silent after unfollow', async () => {
    const conversationId = await begin();
    const socket = await connected(key);
    await socket.ask('follow', { conversationId });
    expect(await socket.ask('unfollow', { conversationId })).toEqual({ ok: true });
    await socket.ask('send', { conversationId, clientMessageId: 'first', text: question });
    await readEvents(app.url, conversationId, key, answerEnds);
    expect(socket.events(conversationId)).toEqual([]);
  });

  it('is stopped from another socket, also one that came later', async () => {
    model.reply({ kind: 'drip', text: said.repeat(100), delayMs: 5 });
    const conversationId = await begin();
    const one = await connected(key);
    await one.ask('follow', { conversationId });
    const { turnId } = (await one.ask('send', { conversationId, clientMessageId: 'first', text: question })) as { turnId: string };
    await one.until(conversationId, ({ type }) => type === 'answer.delta');
    const other = await connected(key);
    expect(await other.ask('stop', { conversationId, turnId })).toEqual({ ok: true });
    expect((await one.until(conversationId, answerEnds)).at(-1)!.data).toMatchObject({ finishReason: 'stopped_by_visitor' });
  });

  it('waits for a socket that does not read, and then brings everything', async () => {
    const conversationId = await begin();
    const socket = await connected(key);
    await socket.ask('follow', { conversationId });
    socket.stopReading();
    for (const clientMessageId of ['one', 'two', 'three']) {
      await request(app.url, 'POST', `/v1/conversations/${conversationId}/messages`, { clientMessageId, text: question }, key);
      let ends = 0;
      await readEvents(app.url, conversationId, key, (event) => answerEnds(event) && (ends += 1) === ['one', 'two', 'three'].indexOf(clientMessageId) + 1);
    }
    socket.readOn();
    let ends = 0;
    const events = await socket.until(conversationId, (event) => answerEnds(event) && (ends += 1) === 3);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  });
});
