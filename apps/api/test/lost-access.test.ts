import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aBot, aWorkspace, headersOf, request, type As, type Workspace } from './support/api-client';
import { aColleague, step, withPeople } from './support/people';
import { startApp, type StartedApp } from './support/start-app';

let app: StartedApp;
let owner: Workspace;
let conversationId: string;
let fence: number;
let written = 0;

beforeAll(async () => {
  app = await startApp();
  owner = await aWorkspace(app.url);
  const botId = await aBot(app.url, owner.as);
  await withPeople(app.url, botId, owner.as);
  conversationId = String((await request(app.url, 'POST', `/v1/bots/${botId}/conversations`, {}, owner.as)).body.id);
  fence = (await step(app.url, conversationId, 'take', owner.as)).body.fence as number;
});
afterAll(() => app?.close());

const path = (after = '') => `/v1/conversations/${conversationId}/events${after}`;

async function say(text: string): Promise<void> {
  const { status } = await step(app.url, conversationId, 'replies', owner.as, {
    clientMessageId: `m${(written += 1)}`,
    text,
    fence,
  });
  expect(status).toBe(202);
}

/** Reads until the stream ends or `leave` is called; what came so far is in `text`. */
async function listen(as: As) {
  const leaving = new AbortController();
  const response = await fetch(`${app.url}${path()}`, { headers: headersOf(app.url, as), signal: leaving.signal });
  expect(response.status).toBe(200);
  const heard = { text: '', ended: Promise.resolve(), leave: () => leaving.abort() };
  const read = async () => {
    for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) heard.text += piece;
  };
  heard.ended = read().catch(() => undefined);
  await expect.poll(() => heard.text).toContain('connected');
  return heard;
}

async function aKey(): Promise<{ id: string; as: As }> {
  const { body } = await request(app.url, 'POST', '/v1/api-keys', { name: 'Short', scopes: ['chat'] }, owner.as);
  return { id: String(body.id), as: { key: String(body.secret) } };
}

describe('who follows a conversation and loses access', () => {
  it('by a key that is revoked hears nothing more; others do', async () => {
    const [revoked, kept] = [await aKey(), await aKey()];
    const [out, stays] = [await listen(revoked.as), await listen(kept.as)];
    await request(app.url, 'DELETE', `/v1/api-keys/${revoked.id}`, undefined, owner.as);
    await out.ended;
    await say('Said behind closed doors.');
    await expect.poll(() => stays.text).toContain('behind closed doors');
    expect(out.text).not.toContain('behind closed doors');
    expect((await request(app.url, 'GET', path('/next'), undefined, revoked.as)).status).toBe(401);
    stays.leave();
  });

  it('as a member who is removed hears nothing more; a demoted one may still read', async () => {
    const [leaves, demoted] = [await aColleague(app.url, owner), await aColleague(app.url, owner)];
    const [out, stays] = [await listen(leaves.as), await listen(demoted.as)];
    await request(app.url, 'PATCH', `/v1/members/${demoted.memberId}`, { role: 'viewer' }, owner.as);
    await request(app.url, 'DELETE', `/v1/members/${leaves.memberId}`, undefined, owner.as);
    await out.ended;
    await say('Said among those who stayed.');
    await expect.poll(() => stays.text).toContain('among those who stayed');
    expect(out.text).not.toContain('among those who stayed');
    stays.leave();
  });

  it('gets nothing from a poll that was waiting', async () => {
    const { id, as } = await aKey();
    const out = await listen(as);
    const { body } = await request(app.url, 'GET', path('/next?waitSeconds=0'), undefined, owner.as);
    const waiting = request(app.url, 'GET', path(`/next?waitSeconds=25&after=${String(body.lastSeq)}`), undefined, as);
    // Another request that the server answers meanwhile: the poll is waiting by then.
    await request(app.url, 'GET', path('/next?waitSeconds=0'), undefined, as);
    await request(app.url, 'DELETE', `/v1/api-keys/${id}`, undefined, owner.as);
    await out.ended;
    await say('Said when the poll was over.');
    expect((await waiting).body.events).toEqual([]);
  });
});
