import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes, type LearningState, type Passage } from '@docent/contracts';
import { startEmbeddedPostgres } from '../src/embedded-postgres';
import { aBot, addSource, aWorkspace, call, request, type Workspace } from './support/api-client';
import { hasQdrant, startQdrant } from './support/qdrant-server';
import { startApp, type StartedApp } from './support/start-app';

const secret = { SECRET_KEY: 'the same for all processes of one installation' };
if (!hasQdrant) console.warn('A shared index is not tested: there is no Qdrant server in ../shared/bin.');

describe.each([
  ['each with an index in its memory', false],
  ['sharing an index', true],
] as const)('two processes, %s', (_, isShared) => {
  describe.skipIf(isShared && !hasQdrant)('', () => {
    let qdrant: { url: string; close(): Promise<void> } | null = null;
    const apps: StartedApp[] = [];
    let owner: Workspace;
    let bot: string;

    beforeAll(async () => {
      qdrant = isShared ? await startQdrant() : null;
      const environment = { ...secret, ...(qdrant ? { QDRANT_URL: qdrant.url } : {}) };
      apps.push(await startApp(environment));
      const { adminUrl } = await startEmbeddedPostgres(apps[0]!.dataDir);
      apps.push(await startApp({ ...environment, DATA_DIR: apps[0]!.dataDir, DATABASE_URL: adminUrl }));
      owner = await aWorkspace(apps[0]!.url);
      bot = await aBot(apps[0]!.url, owner.as);
    });
    afterAll(async () => {
      for (const app of apps.splice(0).reverse()) await app.close();
      await qdrant?.close();
    });

    const learn = async ({ url }: StartedApp, name: string, text: string) =>
      expect(await addSource(url, bot, { type: 'text', name, text }, owner.as)).toMatchObject({ status: 'ready' });
    const find = async ({ url }: StartedApp, query: string) => {
      const { body } = await call(url, routes.search, { params: { botId: bot }, body: { query, limit: 5, explain: false } }, owner.as);
      return (body as { passages: Passage[] }).passages;
    };
    const vectors = async ({ url }: StartedApp) => (await call(url, routes.getLearning, { params: { botId: bot } }, owner.as)).body as LearningState;
    const numberOf = (set: string | null) => Number(/#(\d+)$/.exec(set ?? '')?.[1] ?? 0);
    /** Until searches of all processes use vectors of one model that came after the one with this number; its number. */
    const untilModelAfter = async (version: number): Promise<number> => {
      const present = () =>
        Promise.all(
          apps.map(async (app) => {
            await find(app, 'refund');
            const { set, ready, made } = (await vectors(app)).vectors;
            return { number: numberOf(set), ready, made };
          }),
        );
      // Two where the second source came late on a slow machine: then the first model is followed by another one.
      const isOne = ([first, ...others]: Awaited<ReturnType<typeof present>>) =>
        first!.number > version && [first!, ...others].every(({ number, ready, made }) => number === first!.number && ready && made === null);
      await expect.poll(present, { timeout: 60_000 }).toSatisfy(isOne);
      return (await present())[0]!.number;
    };
    let model = 0;

    it('find by meaning what either was given, with the same model', async () => {
      for (const app of apps) await find(app, 'anything');
      const [one, other] = apps as [StartedApp, StartedApp];
      await learn(one, 'Refunds', 'A refund is paid for a returned purchase within fourteen days.');
      await learn(other, 'Signing in', 'To reset a password, choose "Forgotten password" on the sign-in page.');
      model = await untilModelAfter(0);
      for (const app of apps) {
        expect((await find(app, 'I forgot my login secret'))[0]).toMatchObject({ sourceName: 'Signing in' });
        expect((await find(app, 'get my money back'))[0]).toMatchObject({ sourceName: 'Refunds', scores: { vector: expect.any(Number) as number } });
      }
    });

    it('switch to the next model, whichever of them made it', async () => {
      const text = Array.from({ length: 30 }, (_, number) => `## Lamp ${number}\n\n${`Lamp ${number} hangs from a ceiling and is switched at the wall. `.repeat(12)}`).join('\n\n');
      await learn(apps[1]!, 'Lamps', text);
      await untilModelAfter(model);
      for (const app of apps) {
        expect((await find(app, 'I forgot my login secret'))[0]).toMatchObject({ sourceName: 'Signing in' });
      }
    });

    it('forget together', async () => {
      expect((await request(apps[0]!.url, 'DELETE', `/v1/bots/${bot}`, undefined, owner.as)).status).toBe(200);
      for (const app of apps) expect((await request(app.url, 'POST', `/v1/bots/${bot}/search`, { query: 'refund' }, owner.as)).status).toBe(404);
    });
  });
});
