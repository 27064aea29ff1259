import { fork } from 'node:child_process';
import { once } from 'node:events';

/** What runs beside the product in a process of its own, so that it does not share its event loop with what is measured. */
export type SideProcessName = 'scripted-model' | 'plain-fastify' | 'metronome-model';

export interface SideProcess {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

/** Starts the benchmark program once more, as one of its yardsticks. */
export async function startSideProcess(benchFile: string, name: SideProcessName): Promise<SideProcess> {
  const child = fork(benchFile, ['--side-process', name], { execArgv: [] });
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
export async function runSideProcess(name: SideProcessName): Promise<void> {
  process.on('disconnect', () => process.exit(0));
  const start = { 'scripted-model': startModel, 'plain-fastify': startFastify, 'metronome-model': startMetronome }[name];
  process.send?.(await start());
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

async function startMetronome(): Promise<string> {
  return (await import('./metronome-model')).startMetronomeModel();
}
