import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aBot, addSource, answerEnds, aWorkspace, readEvents, request, type Workspace } from './support/api-client';
import { aColleague, aVisitor, handoversOf, isHandover, logOf, reply, step, withPeople, write } from './support/people';
import { startApp, type StartedApp } from './support/start-app';

let app: StartedApp;
let owner: Workspace;
let colleague: Awaited<ReturnType<typeof aColleague>>;
let botId: string;

beforeAll(async () => {
  app = await startApp();
  owner = await aWorkspace(app.url);
  colleague = await aColleague(app.url, owner);
  botId = await aBot(app.url, owner.as);
  await addSource(app.url, botId, { type: 'text', name: 'Ferry', text: 'The ferry to the island leaves at nine every morning. A ticket costs twelve euros.' }, owner.as);
  await withPeople(app.url, botId, owner.as);
});
afterAll(() => app?.close());

describe('a conversation', () => {
  it('goes from the bot over waiting to a person, who speaks alone, and back', async () => {
    const { as, conversationId } = await aVisitor(app.url, botId);
    const asked = await step(app.url, conversationId, 'person', as);
    expect(asked).toMatchObject({ status: 200, body: { state: 'waiting', promisedSeconds: 120 } });
    const taken = await step(app.url, conversationId, 'take', colleague.as);
    expect(taken).toMatchObject({ status: 200, body: { state: 'human', assignee: { id: colleague.personId, name: 'Owner' } } });
    const fence = taken.body.fence as number;
    expect((await write(app.url, conversationId, as, 'When does the ferry leave?')).status).toBe(202);
    expect(await reply(app.url, conversationId, colleague.as, fence, 'At nine.')).toMatchObject({ status: 202, body: { seq: 4 } });
    expect((await step(app.url, conversationId, 'release', colleague.as, { to: 'bot' })).body.state).toBe('bot');
    await write(app.url, conversationId, as, 'What does a ticket cost?');
    await readEvents(app.url, conversationId, as, answerEnds);
    const log = await logOf(app.url, conversationId, as);
    expect(log.map((event) => event.type)).toEqual(['handover', 'handover', 'message', 'message', 'handover', 'message', 'answer.started', 'answer.delta', 'answer.completed']);
    expect(handoversOf(log).map(({ state, reason }) => [state, reason])).toEqual([['waiting', 'visitor_asked'], ['human', 'agent'], ['bot', 'agent']]);
    expect(handoversOf(log)[0]!.text).toContain('2 minutes');
    expect(handoversOf(log)[1]!.text).toBe('Owner has joined the conversation.');
  });
});
