import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startCluster, type Cluster } from '../../../tools/cluster/start-cluster';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres';

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** `npm run dev:cluster`: PostgreSQL, Redis and three processes behind a proxy on PORT. Ctrl-C ends all of them. */
async function main(): Promise<void> {
  const dataDir = resolve(process.env['DATA_DIR'] ?? '.data/cluster');
  await mkdir(dataDir, { recursive: true });
  let database: EmbeddedPostgres | null = null;
  let cluster: Cluster | null = null;
  let ending: Promise<void> | null = null;
  const end = () => (ending ??= (async () => {
    say('Ending: running answers may finish …');
    await cluster?.close();
    await database?.stop();
  })());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end().then(() => process.exit(0)));
  try {
    database = await startEmbeddedPostgres(dataDir);
    const mainFile = join(dirname(fileURLToPath(import.meta.url)), 'main.mjs');
    cluster = await startCluster({ mainFile, dataDir, databaseUrl: database.adminUrl, port: Number(process.env['PORT'] ?? 3000), environment: passedOn(), tell: say });
    say(`Docent is ready at ${cluster.url}, on ${cluster.processes.length} processes`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    await end();
    process.exit(1);
  }
}

/** The operator's settings, but for those that the cluster itself decides. */
function passedOn(): Record<string, string> {
  const decided = ['PORT', 'PUBLIC_URL', 'DATA_DIR', 'DATABASE_URL', 'REDIS_URL', 'DEMO'];
  const own = /^(HOST|SECRET_KEY|DEFAULT_PLAN|ALLOW_PRIVATE_NETWORK|TRUST_PROXY|MODEL_|EMBEDDER|QDRANT_|MAX_UPLOAD_MB|LOG_LEVEL|DATABASE_)/;
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined && own.test(entry[0]) && !decided.includes(entry[0])));
}

await main();
