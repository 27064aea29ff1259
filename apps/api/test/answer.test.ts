import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversationEvent } from '@docent/contracts';
import { aBot, addSource, anApiKey, ask, answerEnds, aWorkspace, readEvents, request, type As } from './support/api-client';
import { startApp, type StartedApp } from './support/start-app';

let app: StartedApp;
let key: As;
let botId: string;

const handbook = `# Harbour handbook

## Opening hours

The harbour office is open from seven in the morning until nine in the evening. On Sundays it opens at ten.

## Mooring fees

A berth costs 24 euros per night for boats up to ten metres. Larger boats pay 3 euros more per metre.

## Fuel

Diesel is sold at the northern pier. Petrol is not available in the harbour.
`;

beforeAll(async () => {
  app = await startApp();
  const workspace = await aWorkspace(app.url);
  key = { key: await anApiKey(app.url, workspace.as) };
  botId = await aBot(app.url, key);
  await addSource(app.url, botId, { type: 'text', name: 'Harbour handbook', text: handbook }, key);
});
afterAll(() => app?.close());

const completion = (events: ConversationEvent[]) => {
  const last = events.at(-1)!;
  if (last.type !== 'answer.completed') throw new Error(`the answer ended with ${last.type}`);
  return last.data;
};

describe('an answer without a model', () => {
  it('quotes the sentence that answers and cites its span in the stored text', async () => {
    const { events } = await ask(app.url, botId, 'How much does a berth cost per night?', key);
    const answer = completion(events);
    expect(answer.answered).toBe(true);
    expect(answer.text).toContain('24 euros per night');
    const [citation] = answer.citations;
    const { body } = await request(app.url, 'GET', `/v1/sources/${citation!.sourceId}/text`, undefined, key);
    expect((body.text as string).slice(citation!.start, citation!.end)).toBe(citation!.quote);
    expect(body.hash).toBe(citation!.snapshotHash);
  });

  it('declines what the sources do not answer', async () => {
    const { events } = await ask(app.url, botId, 'Who won the football world cup in 1998?', key);
    expect(completion(events)).toMatchObject({ answered: false, citations: [] });
  });

  it('numbers the log without gaps, and the deltas joined are the answer', async () => {
    const { events } = await ask(app.url, botId, 'Where can I buy diesel?', key);
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
    const joined = events.map((event) => (event.type === 'answer.delta' ? event.data.text : '')).join('');
    expect(joined).toBe(completion(events).text);
  });

  it('asks nothing twice when the same message comes again', async () => {
    const conversation = await request(app.url, 'POST', `/v1/bots/${botId}/conversations`, {}, key);
    const send = () => request(app.url, 'POST', `/v1/conversations/${conversation.body.id as string}/messages`, { clientMessageId: 'm1', text: 'When does the office open?' }, key);
    const answers = await Promise.all(Array.from({ length: 8 }, send));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([202]));
    expect(new Set(answers.map((answer) => answer.body.turnId)).size).toBe(1);
    const transcript = await request(app.url, 'GET', `/v1/conversations/${conversation.body.id as string}`, undefined, key);
    expect((transcript.body.transcript as { role: string }[]).filter((entry) => entry.role === 'visitor')).toHaveLength(1);
  });

  it('understands a question that leans on the one before, and shows what it understood', async () => {
    const workspace = await aWorkspace(app.url);
    const bot = await aBot(app.url, workspace.as);
    await addSource(app.url, bot, { type: 'text', name: 'Harbour handbook', text: handbook }, workspace.as);
    const { conversationId } = await ask(app.url, bot, 'Is diesel sold here?', workspace.as);
    const path = `/v1/conversations/${conversationId}`;
    const { body: turn } = await request(app.url, 'POST', `${path}/messages`, { clientMessageId: 'second', text: 'Where is it?' }, workspace.as);
    const answer = completion(await readEvents(app.url, conversationId, workspace.as, answerEnds, turn.seq as number));
    expect(answer.text).toContain('northern pier');
    const { body } = await request(app.url, 'GET', `${path}/turns/${answer.turnId}/inspection`, undefined, workspace.as);
    expect(body).toMatchObject({ question: 'Where is it?', query: 'Where is it? (diesel sold)' });
  });
});
