import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plans, UsageService } from '@docent/billing';
import { routes } from '@docent/contracts';
import { systemContext, TenantDb, type TenantContext } from '@docent/platform';
import { aBot, anApiKey, answerEnds, aWorkspace, readEvents, request, type As, type Workspace } from './support/api-client';
import { startApp, type StartedApp } from './support/start-app';

let app: StartedApp;
let db: TenantDb;
let usage: UsageService;
const free = plans.free;

beforeAll(async () => {
  app = await startApp({ DEFAULT_PLAN: 'free' });
  db = app.product.app.get(TenantDb);
  usage = app.product.app.get(UsageService, { strict: false });
});
afterAll(() => app?.close());

const contextOf = ({ workspaceId }: Workspace) => systemContext(workspaceId, 'test');
const usageOf = async (as: As) =>
  routes.usage.response.parse((await request(app.url, 'GET', routes.usage.path, undefined, as)).body);
const reserve = (ctx: TenantContext, turnId: string) => db.runSql(ctx, (sql) => usage.reserve(sql, ctx, turnId));
const settle = (ctx: TenantContext, turnId: string) => db.runSql(ctx, (sql) => usage.settle(sql, ctx, turnId));
const release = (ctx: TenantContext, turnId: string) => db.runSql(ctx, (sql) => usage.release(sql, ctx, turnId));

describe('the messages of a month', () => {
  it('are exactly as many as the plan says, however many questions race', async () => {
    const owner = await aWorkspace(app.url);
    const botId = await aBot(app.url, owner.as, { limitMessage: 'Back next month.' });
    const asked = await Promise.all(Array.from({ length: free.messagesPerMonth! + 40 }, () => askAlone(botId, owner.as)));
    const refused = asked.filter((text) => text === 'Back next month.');
    expect(refused).toHaveLength(40);
    expect((await usageOf(owner.as)).messages).toEqual({
      settled: free.messagesPerMonth,
      reserved: 0,
      limit: free.messagesPerMonth,
    });
  });

  it('are given back when no answer came, and count once', async () => {
    const owner = await aWorkspace(app.url);
    const ctx = contextOf(owner);
    const turns = Array.from({ length: free.messagesPerMonth! }, () => randomUUID());
    for (const turn of turns) expect(await reserve(ctx, turn)).toBe('reserved');
    expect(await reserve(ctx, randomUUID())).toBe('limit_reached');
    const [first, second, third] = turns as [string, string, string];
    // Both ends race and repeat: whichever is first counts, the rest does nothing.
    await Promise.all([release(ctx, first), release(ctx, first), release(ctx, first)]);
    await settle(ctx, first);
    await settle(ctx, second);
    await Promise.all([settle(ctx, second), release(ctx, second)]);
    await settle(ctx, randomUUID());
    expect((await usageOf(owner.as)).messages).toMatchObject({ settled: 1, reserved: free.messagesPerMonth! - 2 });
    expect(await reserve(ctx, randomUUID())).toBe('reserved');
    expect(await reserve(ctx, randomUUID())).toBe('limit_reached');
    await Promise.all([settle(ctx, third), release(ctx, third)]);
    const { settled, reserved } = (await usageOf(owner.as)).messages;
    expect([free.messagesPerMonth! - 1, free.messagesPerMonth!]).toContain(settled + reserved);
  });

  it('are not taken by a question that was not stored', async () => {
    const owner = await aWorkspace(app.url);
    const ctx = contextOf(owner);
    const broken = db.runSql(ctx, async (sql) => {
      await usage.reserve(sql, ctx, randomUUID());
      throw new Error('the question could not be stored');
    });
    await expect(broken).rejects.toThrow('could not be stored');
    expect((await usageOf(owner.as)).messages).toMatchObject({ settled: 0, reserved: 0 });
  });

  it('of one workspace are not those of another', async () => {
    const [mine, theirs] = [await aWorkspace(app.url), await aWorkspace(app.url)];
    const turn = randomUUID();
    await reserve(contextOf(mine), turn);
    await settle(contextOf(theirs), turn);
    expect((await usageOf(mine.as)).messages).toMatchObject({ settled: 0, reserved: 1 });
    expect((await usageOf(theirs.as)).messages).toMatchObject({ settled: 0, reserved: 0 });
  });
});

describe('what a plan counts', () => {
  it('lets one bot in, however many race for its place', async () => {
    const owner = await aWorkspace(app.url);
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) => request(app.url, 'POST', routes.createBot.path, { name: `Bot ${n}` }, owner.as)),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const { status, body } of answers.filter((answer) => answer.status !== 201)) {
      expect([status, body.error]).toEqual([
        402,
        expect.objectContaining({ code: 'limit_reached', details: { what: 'bots', limit: 1, used: 1 } }),
      ]);
    }
  });

  it('keeps the owner alone on the seat of the free plan', async () => {
    const owner = await aWorkspace(app.url);
    const answer = await request(
      app.url,
      'POST',
      routes.inviteMember.path,
      { email: 'somebody@example.com', role: 'viewer' },
      owner.as,
    );
    expect(answer).toMatchObject({ status: 402, body: { error: { details: { what: 'seats', limit: 1, used: 1 } } } });
    expect((await usageOf(owner.as)).seats).toEqual({ used: 1, limit: 1 });
  });

  it('ends at the tenth source, however many race', async () => {
    const owner = await aWorkspace(app.url);
    const botId = await aBot(app.url, owner.as);
    const add = (_: unknown, n: number) =>
      request(
        app.url,
        'POST',
        `/v1/bots/${botId}/sources`,
        { type: 'text', name: `Note ${n}`, text: `Note number ${n} is about lighthouses.` },
        owner.as,
      );
    const answers = await Promise.all(Array.from({ length: 16 }, add));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(10).fill(202), ...Array<number>(6).fill(402)]);
    expect((await usageOf(owner.as)).sources).toEqual({ used: 10, limit: 10 });
  });

  it('ends at the last byte of the storage, however many files race', async () => {
    const owner = await aWorkspace(app.url);
    const botId = await aBot(app.url, owner.as);
    const sizeBytes = 8 * 1024 * 1024;
    const upload = (_: unknown, n: number) => {
      const form = new FormData();
      // Of no format: it counts while it is there, and is not read for long.
      form.set('file', new Blob([new Uint8Array(sizeBytes)]), `file-${n}.bin`);
      return request(app.url, 'POST', `/v1/bots/${botId}/sources`, form, owner.as);
    };
    const answers = await Promise.all(Array.from({ length: 4 }, upload));
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 202, 402, 402]);
    expect(answers.find(({ status }) => status === 402)!.body.error).toMatchObject({ details: { what: 'storageBytes', limit: free.storageBytes, used: 2 * sizeBytes } });
    expect((await usageOf(owner.as)).storageBytes).toEqual({ used: 2 * sizeBytes, limit: free.storageBytes });
  });

  it('shows every plan', async () => {
    const owner = await aWorkspace(app.url);
    const { body } = await request(app.url, 'GET', routes.listPlans.path, undefined, { cookies: owner.cookies });
    expect(body.items).toEqual(Object.values(plans));
  });
});

describe('requests per minute', () => {
  const begin = (botId: string, as: As) => request(app.url, 'POST', `/v1/bots/${botId}/conversations`, {}, as);

  it('leave one visitor half of the plan, and the rest to the others', async () => {
    const owner = await aWorkspace(app.url);
    const botId = await aBot(app.url, owner.as);
    const loud = await aVisitor(botId);
    const statuses: number[] = [];
    for (let n = 0; n < 12; n++) statuses.push((await begin(botId, loud)).status);
    expect(statuses).toEqual([...Array<number>(5).fill(201), ...Array<number>(7).fill(429)]);
    expect((await begin(botId, await aVisitor(botId))).status).toBe(201);
  });

  it('are told in the headers, and a refusal says when to come back', async () => {
    const owner = await aWorkspace(app.url);
    const botId = await aBot(app.url, owner.as);
    const key = { key: await anApiKey(app.url, owner.as) };
    const answers = await Promise.all(Array.from({ length: 25 }, () => begin(botId, key)));
    const admitted = answers.filter(({ status }) => status === 201);
    expect(admitted).toHaveLength(free.requestsPerMinute!);
    expect(admitted.map(({ headers }) => headers.get('ratelimit-remaining')).sort()).toEqual([
      '0',
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
      '8',
      '9',
    ]);
    for (const { headers, body } of answers.filter(({ status }) => status === 429)) {
      expect(headers.get('ratelimit-limit')).toBe('10');
      expect(headers.get('ratelimit-remaining')).toBe('0');
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect(headers.get('retry-after')).toBe(headers.get('ratelimit-reset'));
      expect(body.error).toMatchObject({
        code: 'rate_limited',
        details: { retryAfterSeconds: Number(headers.get('retry-after')) },
      });
    }
    expect((await request(app.url, 'GET', routes.listBots.path, undefined, key)).status).toBe(200);
  });

  it('do not stop the console', async () => {
    const owner = await aWorkspace(app.url);
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => request(app.url, 'PATCH', routes.renameWorkspace.path, { name: 'Again' }, owner.as)),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  });
});

async function aVisitor(botId: string): Promise<As> {
  const { body } = await request(app.url, 'POST', routes.createVisitorSession.path, { botId }, { origin: app.url });
  return { visitor: String(body.token) };
}

/** Asks in a conversation of its own and returns the answer. */
async function askAlone(botId: string, as: As): Promise<string> {
  const conversation = await request(app.url, 'POST', `/v1/bots/${botId}/conversations`, {}, as);
  const conversationId = String(conversation.body.id);
  const turn = await request(
    app.url,
    'POST',
    `/v1/conversations/${conversationId}/messages`,
    { clientMessageId: 'only', text: 'What does a berth cost?' },
    as,
  );
  expect(turn.status, JSON.stringify(turn.body)).toBe(202);
  const events = await readEvents(app.url, conversationId, as, answerEnds);
  const last = events.at(-1)!;
  return last.type === 'answer.completed' ? last.data.text : last.type;
}
