import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { routes, type ConversationEvent } from '@docent/contracts';
import { startScriptedModel, type ScriptedModel } from '@docent/scripted-model';
import { completionOf, deltasOf } from './support/answer-of';
import { aBot, addSource, anApiKey, answerEnds, ask, aWorkspace, headersOf, readEvents, request, type As } from './support/api-client';
import { startApp, type StartedApp } from './support/start-app';

let app: StartedApp;
let model: ScriptedModel;
let key: As;
let botId: string;
const question = 'How much does a berth cost?';
const said = 'A berth costs 24 euros per night for boats up to ten metres [1]. ';

beforeAll(async () => {
  model = await startScriptedModel();
  app = await startApp({ MODEL_PROVIDER: 'openai', MODEL_NAME: 'scripted', MODEL_BASE_URL: `${model.url}/v1` });
  const owner = await aWorkspace(app.url);
  key = { key: await anApiKey(app.url, owner.as) };
  botId = await aBot(app.url, key);
  await addSource(app.url, botId, { type: 'text', name: 'Harbour', text: 'A berth costs 24 euros per night for boats up to ten metres.' }, key);
});
beforeEach(() => model.reply({ kind: 'drip', text: said.repeat(3), delayMs: 3 }));
afterAll(async () => {
  await app?.close();
  await model?.close();
});

const comparable = (events: ConversationEvent[]) => events.map(({ seq, type, data }) => ({ seq, type, data }));

/** Opens the stream as a browser does that had seen everything up to `lastEventId`. */
async function resume(conversationId: string, lastEventId: string, query = ''): Promise<ConversationEvent[]> {
  const leaving = new AbortController();
  const response = await fetch(`${app.url}/v1/conversations/${conversationId}/events${query}`, { headers: { ...headersOf(app.url, key), 'last-event-id': lastEventId, 'accept-encoding': 'gzip' }, signal: leaving.signal });
  expect(response.status).toBe(200);
  const events: ConversationEvent[] = [];
  let rest = '';
  for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + piece).split('\n\n');
    rest = blocks.pop()!;
    for (const block of blocks.filter((lines) => !lines.startsWith(':'))) {
      const [id, type, data] = block.split('\n').map((line) => line.slice(line.indexOf(': ') + 2));
      const event = { seq: Number(id), type, at: '', data: JSON.parse(data!) as unknown } as ConversationEvent;
      events.push(event);
      if (!answerEnds(event)) continue;
      leaving.abort();
      return events;
    }
  }
  throw new Error('the stream ended before the answer did');
}

async function begin(as: As = key): Promise<string> {
  const conversation = await request(app.url, 'POST', `/v1/bots/${botId}/conversations`, {}, as);
  const conversationId = String(conversation.body.id);
  expect((await request(app.url, 'POST', `/v1/conversations/${conversationId}/messages`, { clientMessageId: 'first', text: question }, as)).status).toBe(202);
  return conversationId;
}

describe('the events of a conversation', () => {
  it('are the same whole for a reader who came back after any of them', async () => {
    const { conversationId, events: whole } = await ask(app.url, botId, question, key);
    expect(whole.length).toBeGreaterThan(4);
    expect(whole.map(({ seq }) => seq)).toEqual(whole.map((_, index) => index + 1));
    for (let seen = 0; seen < whole.length; seen += 1) {
      const missed = comparable(whole.slice(seen));
      expect(comparable(await resume(conversationId, String(seen))), `Last-Event-ID ${seen}`).toEqual(missed);
      expect(comparable(await readEvents(app.url, conversationId, key, answerEnds, seen)), `after ${seen}`).toEqual(missed);
    }
  });

  it('are the same whole for a reader who loses the connection after every event while the answer runs', async () => {
    const conversationId = await begin();
    const pieced: ConversationEvent[] = [];
    while (!pieced.some(answerEnds)) pieced.push(...(await readEvents(app.url, conversationId, key, () => true, pieced.length)));
    expect(comparable(pieced)).toEqual(comparable(await readEvents(app.url, conversationId, key, answerEnds)));
    expect(deltasOf(pieced)).toBe(completionOf(pieced).text);
  });

  it('reach several readers alike, whenever they come', async () => {
    const conversationId = await begin();
    const early = [readEvents(app.url, conversationId, key, answerEnds), resume(conversationId, '0')];
    await readEvents(app.url, conversationId, key, ({ type }) => type === 'answer.delta');
    const all = await Promise.all([...early, readEvents(app.url, conversationId, key, answerEnds), resume(conversationId, '2')]);
    const whole = comparable(all[0]!);
    expect(all.slice(1, 3).map(comparable)).toEqual([whole, whole]);
    expect(comparable(all[3]!)).toEqual(whole.slice(2));
  });

  it('go on with the next question for a reader who stays', async () => {
    const conversationId = await begin();
    let ends = 0;
    const both = readEvents(app.url, conversationId, key, (event) => answerEnds(event) && (ends += 1) === 2);
    await readEvents(app.url, conversationId, key, answerEnds);
    await request(app.url, 'POST', `/v1/conversations/${conversationId}/messages`, { clientMessageId: 'second', text: question }, key);
    const events = await both;
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.filter(({ type }) => type === 'message')).toHaveLength(2);
  });

  it('prefer Last-Event-ID to `after`, and take a wrong one for none', async () => {
    const { conversationId, events } = await ask(app.url, botId, question, key);
    expect(await resume(conversationId, '2', '?after=0')).toHaveLength(events.length - 2);
    for (const wrong of ['abc', '-1', '1.5', '99999999999999999999']) expect(await resume(conversationId, wrong), wrong).toHaveLength(events.length);
    expect((await request(app.url, 'GET', `/v1/conversations/${conversationId}/events?after=-1`, undefined, key)).status).toBe(400);
    expect((await request(app.url, 'GET', `/v1/conversations/${conversationId}/events?after=x`, undefined, key)).status).toBe(400);
  });

  it('come uncompressed and unbuffered, also to a reader who would take gzip', async () => {
    const { conversationId } = await ask(app.url, botId, question, key);
    const leaving = new AbortController();
    const response = await fetch(`${app.url}/v1/conversations/${conversationId}/events?after=100000`, { headers: { ...headersOf(app.url, key), 'accept-encoding': 'gzip, br' }, signal: leaving.signal });
    const headers = ['content-type', 'content-encoding', 'cache-control', 'x-accel-buffering'].map((name) => response.headers.get(name));
    expect(headers).toEqual(['text/event-stream; charset=utf-8', null, expect.stringContaining('no-transform'), 'no']);
    const { value } = await response.body!.pipeThrough(new TextDecoderStream()).getReader().read();
    // There is nothing to tell yet, and the reader hears that the connection stands.
    expect(value).toMatch(/^: /);
    leaving.abort();
  });

  it('send a sign of life to a reader who waits', async () => {
    const { conversationId } = await ask(app.url, botId, question, key);
    const leaving = new AbortController();
    const response = await fetch(`${app.url}/v1/conversations/${conversationId}/events?after=100000`, { headers: headersOf(app.url, key), signal: leaving.signal });
    let heard = '';
    for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
      heard += piece;
      if (heard.includes(': ping\n\n')) break;
    }
    leaving.abort();
    expect(heard).toContain(': ping\n\n');
  });
});

describe('a visitor', () => {
  const aVisitor = async (): Promise<As> => ({ visitor: String((await request(app.url, 'POST', routes.createVisitorSession.path, { botId }, { origin: app.url })).body.token) });

  it('follows the own conversation and no other', async () => {
    const [one, other] = [await aVisitor(), await aVisitor()];
    const conversationId = await begin(one);
    expect(completionOf(await readEvents(app.url, conversationId, one, answerEnds)).answered).toBe(true);
    for (const path of [`/v1/conversations/${conversationId}/events`, `/v1/conversations/${conversationId}`])
      expect(await request(app.url, 'GET', path, undefined, other), path).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } });
    const ofProgram = await begin();
    expect((await request(app.url, 'GET', `/v1/conversations/${ofProgram}/events`, undefined, one)).status).toBe(404);
    expect((await request(app.url, 'GET', '/v1/conversations', undefined, one)).status).toBe(403);
  });
});

describe('a conversation that is deleted', () => {
  it('is not there any more, and its running answer ends silently', async () => {
    // Long enough to be still on its way when the lease is next renewed.
    model.reply({ kind: 'drip', text: said.repeat(400), delayMs: 3 });
    const owner = await aWorkspace(app.url);
    const ownBot = await aBot(app.url, owner.as);
    await addSource(app.url, ownBot, { type: 'text', name: 'Harbour', text: 'A berth costs 24 euros per night.' }, owner.as);
    const conversation = await request(app.url, 'POST', `/v1/bots/${ownBot}/conversations`, {}, owner.as);
    const path = `/v1/conversations/${String(conversation.body.id)}`;
    await request(app.url, 'POST', `${path}/messages`, { clientMessageId: 'first', text: question }, owner.as);
    await readEvents(app.url, String(conversation.body.id), owner.as, ({ type }) => type === 'answer.delta');
    expect((await request(app.url, 'DELETE', path, undefined, owner.as)).status).toBe(200);
    expect((await request(app.url, 'GET', path, undefined, owner.as)).status).toBe(404);
    const reserved = async () => routes.usage.response.parse((await request(app.url, 'GET', routes.usage.path, undefined, owner.as)).body).messages.reserved;
    await expect.poll(reserved, { timeout: 20_000 }).toBe(0);
    await expect.poll(() => model.requests.at(-1)!.aborted, { timeout: 20_000 }).toBe(true);
  });

  it('goes with its bot, also while many answers run, and nothing stays reserved', async () => {
    const owner = await aWorkspace(app.url);
    for (let round = 0; round < 3; round += 1) {
      const ownBot = await aBot(app.url, owner.as);
      await addSource(app.url, ownBot, { type: 'text', name: 'Harbour', text: 'A berth costs 24 euros per night.' }, owner.as);
      const asked = await Promise.all(
        Array.from({ length: 12 }, async (_, index) => {
          const conversation = await request(app.url, 'POST', `/v1/bots/${ownBot}/conversations`, {}, owner.as);
          return request(app.url, 'POST', `/v1/conversations/${String(conversation.body.id)}/messages`, { clientMessageId: `m${index}`, text: question }, owner.as);
        }),
      );
      expect(asked.map(({ status }) => status)).toEqual(asked.map(() => 202));
      expect((await request(app.url, 'DELETE', `/v1/bots/${ownBot}`, undefined, owner.as)).status).toBe(200);
    }
    const usage = async () => routes.usage.response.parse((await request(app.url, 'GET', routes.usage.path, undefined, owner.as)).body).messages.reserved;
    await expect.poll(usage, { timeout: 20_000 }).toBe(0);
    expect((await request(app.url, 'GET', '/v1/conversations', undefined, owner.as)).body.items).toEqual([]);
  });
});
