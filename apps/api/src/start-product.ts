import { randomUUID } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import type { OnnxEmbedder } from '@docent/adapters';
import { buildOpenApi } from '@docent/contracts/openapi';
import { loadInstallationKey, openDatabase, openRedis, PostgresLine, redactedPaths, RedisLine, Signals, type Config } from '@docent/platform';
import { AppModule } from './app.module';
import { checkSurroundings, explainDatabase } from './check-surroundings';
import type { DemoAccess } from './demo-files';
import { DemoWorkspace } from './demo-workspace';
import { drain } from './drain';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres';
import { hasAccounts } from './has-accounts';
import { holdDataFolder } from './hold-data-folder';
import { openLocalModel } from './open-local-model';
import { findProductParts } from './product-parts';
import { ProductSockets } from './sockets/product-sockets';
import { tidyMemory } from './tidy-memory';
import { answerBrokenRequest, answerFrameworkError, prepareEdge } from './web/edge';
import { countRequests } from './web/metrics';
import { OpenRequests } from './web/open-requests';
import { servePages } from './web/pages';

const jsonBodyBytes = 10 * 1024 * 1024;

export interface RunningProduct {
  app: NestFastifyApplication;
  /** Where it listens, which is not `publicUrl` behind a proxy. */
  url: string;
  /** Set at the first start only: the password is not kept in clear anywhere else than in demo.json. */
  newDemo: DemoAccess | null;
  demo: DemoAccess | null;
  /** Lets running answers finish, then ends the database that this process started. */
  close(): Promise<void>;
}

/** Starts everything in this process: database, migrations, API, sockets and job worker. `tell` hears what happens, in words. */
export async function startProduct(config: Config, tell: (line: string) => void = () => undefined): Promise<RunningProduct> {
  const parts = findProductParts();
  await checkSurroundings(config);
  const letGo = config.databaseUrl ? null : await holdDataFolder(config.dataDir);
  let database: EmbeddedPostgres | null = null;
  let localModel: OnnxEmbedder | null = null;
  const endDatabase = async () => {
    await localModel?.close();
    await database?.stop();
    await letGo?.();
  };
  try {
    localModel = await openLocalModel(config, parts);
    const key = await loadInstallationKey(config.secretKey, config.dataDir);
    if (!config.databaseUrl) {
      tell('Starting PostgreSQL …');
      database = await startEmbeddedPostgres(config.dataDir);
      if (!database.files.startsWith(config.dataDir)) tell(`Its files are in ${database.files}: PostgreSQL does not run as root, and its own user can't enter ${config.dataDir}.`);
      if (database.former) tell(`A database that was there belonged to a data folder that is gone; it was moved to ${database.former}.`);
    }
    const { urls, applied } = await openDatabase({
      adminUrl: database?.adminUrl ?? config.databaseUrl!,
      embeddedKey: database ? key.derive('embedded postgres') : null,
      appUrl: config.databaseAppUrl,
      jobsUrl: config.databaseJobsUrl,
      migrationsFolder: parts.migrations,
    }).catch((error: unknown) => {
      throw database ? error : explainDatabase(error);
    });
    if (applied.length > 0) tell(`Applied ${applied.length} database migration${applied.length === 1 ? '' : 's'}.`);
    const isEmpty = database !== null && !(await hasAccounts(database.adminUrl));
    const logger = pino({ level: config.logLevel, redact: { paths: redactedPaths, censor: '[redacted]' } });
    const installation = key.derive('name among installations').toString('hex', 0, 8);
    const redis = config.redisUrl ? await openRedis(config.redisUrl, (error) => logger.warn({ reason: error.message }, 'Redis is away')) : null;
    const signals = new Signals(redis ? new RedisLine(redis, installation) : new PostgresLine(urls.app));
    await signals.start();
    const adapter = new FastifyAdapter({
      trustProxy: config.trustProxy,
      bodyLimit: jsonBodyBytes,
      genReqId: () => randomUUID(),
      forceCloseConnections: true,
      // Sockets are the one thing to change to. Programs that offer HTTP/2 (Java's client, curl --http2) are answered in what they asked in.
      http: { shouldUpgradeCallback: ({ headers }: { headers: { upgrade?: string } }) => headers.upgrade?.toLowerCase() === 'websocket' },
      frameworkErrors: answerFrameworkError,
      clientErrorHandler: answerBrokenRequest,
      routerOptions: { maxParamLength: 200 },
    });
    const app = await NestFactory.create<NestFastifyApplication>(AppModule.with({ config, key, urls, signals, redis, installation, logger }, parts, localModel), adapter, {
      logger: ['fatal', 'error'],
      bodyParser: false,
      abortOnError: false,
    });
    const sockets = new ProductSockets(app, { redis, installation, databaseUrl: database ? null : urls.app, onError: (error) => logger.warn({ reason: error.message }, 'sockets of other processes are out of reach') });
    app.useWebSocketAdapter(sockets);
    const server = app.getHttpAdapter().getInstance();
    await prepareEdge(server, { isHttps: config.publicUrl.startsWith('https:'), maxUploadBytes: config.maxUploadBytes });
    countRequests(server);
    const requests = new OpenRequests();
    requests.countOn(server);
    const demoWorkspace = app.get(DemoWorkspace);
    await servePages(server, { parts, dataDir: config.dataDir, openApi: JSON.stringify(buildOpenApi(config.publicUrl)), demoBotId: async () => (await demoWorkspace.read())?.botId ?? null });
    await app.listen(config.port, config.host);
    const newDemo = config.demo ? await demoWorkspace.create(parts.docs, isEmpty) : null;
    const leaveMemory = tidyMemory();
    return {
      app,
      url: await app.getUrl(),
      newDemo,
      demo: config.demo ? await demoWorkspace.present() : null,
      close: async () => {
        leaveMemory();
        await drain(app, sockets, requests);
        await app.close();
        redis?.destroy();
        await endDatabase();
      },
    };
  } catch (error) {
    await endDatabase();
    throw error;
  }
}
