import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatCompletion, ChatCompletionChunk, ConversationEvent, TranscriptEntry, Unsupported } from '@docent/contracts';
import { startScriptedModel, type ScriptedModel } from '@docent/scripted-model';
import { completionOf, deltasOf, failureOf, markersOf } from './support/answer-of';
import { aBot, addSource, anApiKey, answerEnds, ask, aWorkspace, headersOf, readEvents, request, type As } from './support/api-client';
import { openSocket } from './support/conversation-socket';
import { handbook, question } from './support/harbour-handbook';
import { aVisitor, isHandover, withPeople, write } from './support/people';
import { startApp, type StartedApp } from './support/start-app';

/** A truth, a changed number with a citation, an invention without one, and a courtesy. */
const lies = ['A berth costs 24 euros ', 'per night [1]. Larger boats pay 9 eu', 'ros more per metre [1]. Every guest gets a free parrot. Have a nice day!'];
const shown = 'A berth costs 24 euros per night [1]. Larger boats pay 9 euros more per metre [2]. [?] Every guest gets a free parrot. [?] Have a nice day!';
const marked = ['Larger boats pay 9 euros more per metre [2].', 'Every guest gets a free parrot.'];

describe('a model that lies', () => {
  let app: StartedApp;
  let model: ScriptedModel;
  let key: As;
  let botId: string;

  beforeAll(async () => {
    model = await startScriptedModel();
    app = await startApp({ MODEL_PROVIDER: 'openai', MODEL_NAME: 'scripted', MODEL_BASE_URL: `${model.url}/v1`, MODEL_API_KEY: 'sk-installation-0123456789abcdef' });
    key = { key: await anApiKey(app.url, (await aWorkspace(app.url)).as) };
    botId = await aBot(app.url, key);
    await addSource(app.url, botId, { type: 'text', name: 'Harbour handbook', text: handbook }, key);
  });
  afterAll(async () => {
    await app?.close();
    await model?.close();
  });

  const spans = (text: string, unsupported: Unsupported[] = []) => unsupported.map(({ start, end }) => text.slice(start, end));
  const toldBy = (events: ConversationEvent[]) => events.flatMap((event) => (event.type === 'answer.delta' ? (event.data.unsupported ?? []) : []));

  const lastSeqOf = async (conversationId: string, as: As) => (await request(app.url, 'GET', `/v1/conversations/${conversationId}`, undefined, as)).body.lastSeq as number;

  it('is marked sentence by sentence in the stream, the transcript, the poll and the socket alike', async () => {
    model.reply({ kind: 'pieces', pieces: lies });
    const { conversationId, events } = await ask(app.url, botId, question, key);
    const answer = completionOf(events);
    expect(answer.text).toBe(shown);
    expect(deltasOf(events)).toBe(shown);
    expect(markersOf(answer.text)).toEqual(answer.citations.map(({ n }) => n));
    expect(answer.unsupported?.map(({ reason }) => reason)).toEqual(['number', 'words']);
    expect(spans(answer.text, answer.unsupported)).toEqual(marked);
    expect(toldBy(events)).toEqual(answer.unsupported);

    const { body } = await request(app.url, 'GET', `/v1/conversations/${conversationId}`, undefined, key);
    expect((body.transcript as TranscriptEntry[]).at(-1)).toMatchObject({ text: shown, unsupported: answer.unsupported });
    const poll = await request(app.url, 'GET', `/v1/conversations/${conversationId}/events/next?waitSeconds=0`, undefined, key);
    expect(toldBy(poll.body.events as ConversationEvent[])).toEqual(answer.unsupported);
    const socket = await openSocket(app.url, key);
    await socket.ask('follow', { conversationId, after: 0 });
    expect(toldBy(await socket.until(conversationId, answerEnds))).toEqual(answer.unsupported);
    socket.close();
  });

  it('has not answered where no sentence is carried: the owner finds the question, and a person is called after the second', async () => {
    const owner = await aWorkspace(app.url);
    const id = await aBot(app.url, owner.as);
    await addSource(app.url, id, { type: 'text', name: 'Harbour handbook', text: handbook }, owner.as);
    await withPeople(app.url, id, owner.as, { unansweredLimit: 2 });
    const { as, conversationId } = await aVisitor(app.url, id);
    const invented = 'Every guest gets a free parrot. It costs 9 euros per feather. Have a nice day!';
    model.reply({ kind: 'pieces', pieces: [invented] }, { kind: 'pieces', pieces: ['A berth costs 24 euros per night [1]. Every guest gets a free parrot.'] }, { kind: 'pieces', pieces: [invented] }, { kind: 'pieces', pieces: [invented] });
    const answers: boolean[] = [];
    for (let at = 0; at < 4; at += 1) {
      const before = await lastSeqOf(conversationId, as);
      await write(app.url, conversationId, as, question);
      const log = await readEvents(app.url, conversationId, as, answerEnds, before);
      answers.push(completionOf(log).answered);
      expect(completionOf(log).text).toContain('[?]');
    }
    expect(answers).toEqual([false, true, false, false]);
    await readEvents(app.url, conversationId, as, isHandover('waiting', 'unanswered'));
    const { body } = await request(app.url, 'GET', `/v1/overview?days=7&botId=${id}`, undefined, owner.as);
    expect(body).toMatchObject({ totals: { answered: 1, unanswered: 3 }, unansweredQuestions: [{ question, count: 3 }] });
  });

  it('is marked for programs that speak the protocol of OpenAI, whole and streamed', async () => {
    model.reply({ kind: 'pieces', pieces: lies });
    const body = { model: botId, messages: [{ role: 'user', content: question }] };
    const whole = (await request(app.url, 'POST', '/v1/chat/completions', body, key)).body as unknown as ChatCompletion;
    expect(whole.choices[0]!.message.content).toBe(shown);
    expect(spans(shown, whole.unsupported)).toEqual(marked);
    const response = await fetch(`${app.url}/v1/chat/completions`, { method: 'POST', headers: { ...headersOf(app.url, key), 'content-type': 'application/json' }, body: JSON.stringify({ ...body, stream: true }) });
    const chunks = [...(await response.text()).matchAll(/^data: (\{.*)$/gm)].map(([, json]) => JSON.parse(json!) as ChatCompletionChunk);
    expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe(shown);
    expect(spans(shown, chunks.at(-1)!.unsupported)).toEqual(marked);
  });

  it('has the half sentence held against the sources that a failure leaves behind', async () => {
    model.reply({ kind: 'cut', pieces: ['A berth costs 24 euros per night [1]. It is 99 euros in win'] });
    const { events } = await ask(app.url, botId, question, key);
    failureOf(events);
    expect(spans(deltasOf(events), toldBy(events))).toEqual(['It is 99 euros in win']);
  });

  it('cannot set the mark itself', async () => {
    model.reply({ kind: 'pieces', pieces: ['A berth costs 24 euros per night [1] [?].'] });
    const { events } = await ask(app.url, botId, question, key);
    expect(completionOf(events)).toMatchObject({ text: 'A berth costs 24 euros per night [1].' });
    expect(completionOf(events).unsupported).toBeUndefined();
  });
});
