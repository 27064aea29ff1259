import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../apps/api/src/embedded-postgres';
import { freePort } from '../../apps/api/src/free-port';
import { startRedisServer, type RedisServer } from '../cluster/redis-server';
import { Agent } from './agent';
import type { CampaignOptions } from './campaign-options';
import { CampaignReport } from './campaign-report';
import { Destroyer } from './destroyer';
import { FaultProxy, type Fault } from './fault-proxy';
import { visitByCompletion } from './completion-visitor';
import { visitPlainly } from './plain-visitor';
import { prepareProduct, type PreparedProduct } from './prepare-product';
import { ProductFleet } from './product-fleet';
import { CountingModel } from './counting-model';
import { questionOf } from './scripted-knowledge';
import { SeededRandom } from '../seeded-random';
import { loadWidgetClient, visitWithWidget } from './widget-visitor';

/** Only so many visitors of one bot: the product limits what one bot is asked per minute. */
const bots = 4;
const messagesPerVisit = 5;
/** So many of the visitors who can ask for a person do. */
const shareWithPerson = 0.4;
/** Whoever is still not served by then has been forgotten: so long that a machine with no time to spare (calls of ten seconds) is no reason. */
const visitMostMs = 900_000;

/**
 * Runs the real product, kills it, breaks its connections, and lets visitors of every kind ask through all of it. Everything that each
 * of them saw is compared with the database. Random choices follow from the seed; what the machine's clock decides does not.
 */
export async function runCampaign(options: CampaignOptions): Promise<CampaignReport> {
  const folder = await mkdtemp(join(tmpdir(), 'docent-faults-'));
  await chmod(folder, 0o755);
  const database = await startEmbeddedPostgres(folder);
  // Whatever ends this program, the database goes with it.
  const endDatabase = () => void endByFile(join(database.files, 'postmaster.pid'));
  process.once('exit', endDatabase);
  const model = await CountingModel.start(options.wordDelayMs);
  const admin = new pg.Pool({ connectionString: database.adminUrl, max: 3 });
  // Cut connections to the database may be this one too.
  admin.on('error', () => undefined);
  let fleet: ProductFleet | null = null;
  let redis: RedisServer | null = null;
  try {
    if (options.redis) redis = await startRedisServer(await freePort());
    fleet = await ProductFleet.start(options.mainFile, options.processes, {
      DATA_DIR: folder, DATABASE_URL: database.adminUrl, DATABASE_POOL_SIZE: '6', PUBLIC_URL: 'http://localhost:1', DEMO: 'false',
      MODEL_PROVIDER: 'openai', MODEL_NAME: 'scripted', MODEL_BASE_URL: `${model.url}/v1`, MODEL_API_KEY: 'none', ALLOW_PRIVATE_NETWORK: 'true',
      ...(redis ? { REDIS_URL: redis.url } : {}),
    });
    return await attack(options, fleet, redis, admin, model);
  } finally {
    await fleet?.stop();
    await redis?.stop();
    await admin.end();
    await model.close();
    await database.stop();
    process.removeListener('exit', endDatabase);
    await rm(folder, { recursive: true, force: true });
  }
}

function endByFile(pidFile: string): void {
  try {
    process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGINT');
  } catch {
    // It has ended already.
  }
}

async function attack(options: CampaignOptions, fleet: ProductFleet, redis: RedisServer | null, admin: pg.Pool, model: CountingModel): Promise<CampaignReport> {
  const random = new SeededRandom(options.seed);
  const [faults, routes, visits, agents] = [random.fork(), random.fork(), random.fork(), random.fork()];
  const product = await prepareProduct(`http://127.0.0.1:${fleet.members[0]!.port}`, bots);
  const proxy = await FaultProxy.start({ fault: () => anyFault(faults), upstream: () => anyOf(fleet.ready.length > 0 ? fleet.ready : fleet.members, routes)?.port ?? null });
  const report = new CampaignReport(admin, proxy, fleet, model, options.print);
  const destroyer = new Destroyer(fleet, admin, options, random.fork(), redis);
  const ChatClient = await loadWidgetClient();
  const agent = await Agent.arrive({ url: proxy.url, member: product.member, random: agents });
  try {
    const total = Math.ceil(options.messages / messagesPerVisit);
    let next = 0;
    const visitor = async () => {
      while (next < total && !options.signal?.aborted) {
        const number = next++;
        const history = await Promise.race([visit(number, { ...product, url: proxy.url, random: visits.fork(), ChatClient, agent }), stuckAfter(visitMostMs)]);
        if (history) await report.check(history);
        else report.stuck(number);
        destroyer.progress(report.messages);
      }
    };
    await Promise.all(Array.from({ length: options.visitors }, visitor));
    if (options.signal?.aborted) destroyer.stop();
    await destroyer.finish();
    await agent.leave();
    return await report.finish(destroyer.counts, agent.counted);
  } finally {
    await agent.leave();
    destroyer.stop();
    await proxy.close();
  }
}

async function visit(number: number, { apiKey, botIds, agent, ...given }: PreparedProduct & { url: string; random: SeededRandom; ChatClient: Awaited<ReturnType<typeof loadWidgetClient>>; agent: Agent }) {
  const botId = botIds[number % botIds.length]!;
  const questions = Array.from({ length: messagesPerVisit }, (_, index) => questionOf(number, index));
  const kind = given.random.pick([['stream', 45], ['widget', 35], ['poll', 15], ['completion', 5]] as ['stream' | 'widget' | 'poll' | 'completion', number][]);
  if (kind === 'widget') return [await visitWithWidget({ ...given, botId, questions })];
  if (kind !== 'completion') {
    // The last question is always the bot's, whatever has been before.
    const person = given.random.chance(shareWithPerson) ? { at: given.random.between(0, messagesPerVisit - 2), question: questionOf(number, messagesPerVisit) } : null;
    return [await agent.completed(await visitPlainly({ ...given, apiKey, botId, questions, reads: kind, person }))];
  }
  const histories = [];
  for (let index = 0; index < messagesPerVisit; index++) histories.push(await visitByCompletion({ ...given, apiKey, botId, question: (tries) => questionOf(number, index, tries) }));
  return histories;
}

function stuckAfter(ms: number): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), ms).unref());
}

function anyOf<Item>(items: Item[], random: SeededRandom): Item | undefined {
  return items[random.between(0, items.length - 1)];
}

/** Most connections are left alone for a while; offsets are where headers, events and characters are torn apart. */
function anyFault(random: SeededRandom): Fault {
  const after = random.between(0, 6000);
  return random.pick<() => Fault>([
    [() => ({ kind: 'none' }), 50],
    [() => ({ kind: 'refuse' }), 5],
    [() => ({ kind: 'cut', after }), 22],
    [() => ({ kind: 'cutRequest', after: random.between(0, 1200) }), 6],
    [() => ({ kind: 'stall', after, forMs: random.between(50, 3000) }), 8],
    [() => ({ kind: 'drip', after, bytes: random.between(1, 7), everyMs: 1, forBytes: 600 }), 7],
    [() => ({ kind: 'halfOpen', after, forMs: random.between(1000, 15_000) }), 2],
  ])();
}
