import { fork } from 'node:child_process';
import { once } from 'node:events';

/** What runs beside the product in a process of its own, so that it does not share its event loop with what is measured. */
export type SideProcessName = 'scripted-model' | 'plain-fastify' | 'plain-log' | 'plain-pipe' | 'metronome-model';

export interface SideProcess {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

/** Starts the benchmark program once more, as one of its yardsticks; `target` is the address of what it asks itself, where it asks anybody. */
export async function startSideProcess(benchFile: string, name: SideProcessName, target = ''): Promise<SideProcess> {
  const child = fork(benchFile, ['--side-process', name, target], { execArgv: [] });
  const [url] = (await once(child, 'message')) as [string];
  return {
    url,
    pid: child.pid!,
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/** The life of such a process: says where it listens, ends with its parent. */
export async function runSideProcess(name: SideProcessName, target: string): Promise<void> {
  process.on('disconnect', () => process.exit(0));
  const start = { 'scripted-model': startModel, 'plain-fastify': startFastify, 'plain-log': startLog, 'plain-pipe': startPipe, 'metronome-model': startMetronome }[name];
  process.send?.(await start(target));
}

async function startModel(): Promise<string> {
  const { startScriptedModel } = await import('../scripted-model');
  const model = await startScriptedModel();
  model.reply({ kind: 'pieces', pieces: ['It is ', 'written in the first ', 'passage [1]. ', 'The second one ', 'says more [2].'] });
  return model.url;
}

async function startFastify(): Promise<string> {
  const { fastify } = await import('fastify');
  const server = fastify();
  server.get('/healthz', () => ({ status: 'ok' }));
  return server.listen({ port: 0, host: '127.0.0.1' });
}

/** With a PostgreSQL of its own, settings as the product's; both go together. */
async function startLog(modelUrl: string): Promise<string> {
  const [{ startEmbeddedPostgres }, { startPlainLog }, { temporaryFolder }] = await Promise.all([
    import('../../apps/api/src/embedded-postgres'),
    import('./plain-log'),
    import('./product-process'),
  ]);
  const folder = await temporaryFolder();
  const database = await startEmbeddedPostgres(folder.path);
  const log = await startPlainLog(modelUrl, database.adminUrl);
  process.once('SIGTERM', () => {
    void log
      .close()
      .then(() => database.stop())
      .then(() => folder.remove())
      .finally(() => process.exit(0));
  });
  return log.url;
}

async function startPipe(modelUrl: string): Promise<string> {
  return (await import('./plain-pipe')).startPlainPipe(modelUrl);
}

async function startMetronome(): Promise<string> {
  return (await import('./metronome-model')).startMetronomeModel();
}
