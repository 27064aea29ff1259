import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
// Here is nothing but tests.
// eslint-disable-next-line @typescript-eslint/no-restricted-imports
import { ownPort } from '@docent/scripted-model';

const root = dirname(dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url))))));

export interface ServerUnderTest {
  url: string;
  dataDir: string;
  demo: { consoleUrl: string; demoUrl: string; email: string; password: string; botId: string; apiKey: string };
  /** Ends the process without warning, as a crash would. */
  kill(): Promise<void>;
  /** Starts it again on the same data and port. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** What ships, as its own process on a port that stays its own while it is killed and started again, with an empty data folder, and its demo workspace. */
export async function startServer(environment: Record<string, string> = {}): Promise<ServerUnderTest> {
  const dataDir = await mkdtemp(join(tmpdir(), 'docent-e2e-'));
  // Started by root, PostgreSQL runs as another user, who must be able to enter.
  await chmod(dataDir, 0o755);
  const port = await ownPort();
  const url = `http://localhost:${port}`;
  let child: ChildProcess;
  const start = async () => {
    child = spawn(process.execPath, ['--enable-source-maps', join(root, 'dist/api/main.mjs')], { env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'warn', ...environment }, stdio: ['ignore', 'pipe', 'inherit'] });
    await untilReady(child, url);
  };
  const end = async (signal: 'SIGINT' | 'SIGKILL') => {
    if (child.exitCode !== null || child.signalCode) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    await gone;
  };
  await start();
  return {
    url,
    dataDir,
    demo: JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8')),
    start,
    kill: () => end('SIGKILL'),
    close: async () => {
      await end('SIGINT');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function untilReady(child: ChildProcess, url: string): Promise<void> {
  let output = '';
  child.stdout!.on('data', (piece: Buffer) => (output += piece.toString()));
  while (!output.includes('Docent is ready')) {
    if (child.exitCode !== null) throw new Error(`the server ended:\n${output}`);
    await new Promise((tick) => setTimeout(tick, 50));
  }
  const response = await fetch(`${url}/readyz`);
  if (!response.ok) throw new Error(`/readyz answered ${response.status}`);
}

/** A customer's website on another origin, with the snippet in it and a policy that allows nothing but Docent's address. */
export async function startCustomerSite(page: () => { html: string; policy: string }): Promise<{ origin: string; close(): Promise<void> }> {
  const server: Server = createServer((_request, response) => {
    const { html, policy } = page();
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy }).end(html);
  });
  const port = await new Promise<number>((done) => server.listen(0, '127.0.0.1', () => done((server.address() as { port: number }).port)));
  return { origin: `http://127.0.0.1:${port}`, close: () => new Promise((done) => server.close(() => done())) };
}
