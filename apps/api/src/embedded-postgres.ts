import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { freePort } from './free-port';
import { preparePostgresPlace, type PostgresPlace } from './postgres-place';
import { hasSocketFiles, reachPostgres, type PostgresDoor } from './reach-postgres';

const restartMs = 1000;

export interface EmbeddedPostgres {
  /** Superuser connection to the database `docent`; used to prepare roles, never by the application. */
  adminUrl: string;
  /** Where its files are: below the data folder, except for root (see below). */
  files: string;
  /** Where the files of a database were put whose data folder is gone; null where there were none. */
  former: string | null;
  /** Ends the server after its sessions (fast shutdown); data stay. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that ships inside the package, with its files under `dataDir`/postgres, on a free loopback port.
 * A server that an earlier, killed process left running is adopted; one that was killed itself recovers from its log, also
 * while this process runs: it is started again. Throws where it does not start, or where the password beside it is not its own.
 * PostgreSQL refuses to run as root: there it runs as the system user `postgres`, which is created where it is missing.
 */
export async function startEmbeddedPostgres(dataDir: string): Promise<EmbeddedPostgres> {
  const { place, password, former } = await preparePostgresPlace(resolve(dataDir));
  const server = (await findRunning(place, password)) ?? (await runServer(place, await freePort(), password));
  return { ...server, former };
}

type Server = Omit<EmbeddedPostgres, 'former'>;

/** Connections point to its port, so a server that comes back does so on the same one. */
async function runServer(place: PostgresPlace, port: number, password: string): Promise<Server> {
  let server = startServer(place, port);
  let isEnding = false;
  const startAgain = () => {
    if (isEnding) return;
    server = startServer(place, port);
    watch();
  };
  // The sessions of one that was killed take a moment to notice.
  const watch = () => server.once('exit', () => setTimeout(startAgain, restartMs).unref());
  const stop = async () => {
    isEnding = true;
    await stopProcess(server);
    process.off('exit', stopWithProcess);
  };
  // Where nobody waits for the end: before the product is ready, or at a second Ctrl-C.
  const stopWithProcess = () => void stop();
  process.once('exit', stopWithProcess);
  try {
    const adminUrl = await untilReady(server, { folder: place.data, port }, password);
    watch();
    return { adminUrl, files: place.data, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The server of an earlier process that was killed, if it still answers; the lock file's first and fourth line are pid and port. */
async function findRunning({ data }: PostgresPlace, password: string): Promise<Server | null> {
  const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!pid || !port) return null;
  const adminUrl = await reachPostgres({ folder: data, port }, password).catch(() => null);
  if (adminUrl === null) return null;
  return { adminUrl, files: data, stop: () => stopPid(pid) };
}

function startServer({ binaries, data, account }: PostgresPlace, port: number): ChildProcess {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    // Relative to the folder of its data, which only its own account and root can enter.
    unix_socket_directories: hasSocketFiles ? '.' : '',
    max_connections: '60',
    // The system's file cache holds the rest; storing passages takes as long with 32 and with 64.
    shared_buffers: '48MB',
    max_wal_size: '512MB',
    jit: 'off',
    // Solid state disks; and the planner learns soon what was just ingested.
    random_page_cost: '1.1',
    autovacuum_naptime: '10s',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // Its own process group: Ctrl-C in the terminal must not end the database before the application has let go of it.
  const server = spawn(join(binaries, 'postgres'), ['-D', data, ...flags], { ...account, env: { LC_ALL: 'C' }, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  // Read by somebody or not: a full pipe would hold the server up.
  server.stderr.resume();
  return server;
}

async function untilReady(server: ChildProcess, door: PostgresDoor, password: string): Promise<string> {
  let log = '';
  server.stderr?.on('data', (piece: Buffer) => (log = (log + piece.toString()).slice(-4000)));
  for (;;) {
    const answer = await reachPostgres(door, password).catch((error: unknown) => error);
    if (typeof answer === 'string') return answer;
    if (isWrongPassword(answer)) throw new Error('The embedded PostgreSQL does not know the password in DATA_DIR/postgres-password: the file must come from the same backup as the database.');
    if (server.exitCode !== null || server.signalCode) throw new Error(`The embedded PostgreSQL did not start:\n${log}`);
    await new Promise((tick) => setTimeout(tick, 25));
  }
}

function isWrongPassword(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '28P01';
}

async function stopProcess(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode) return;
  const gone = new Promise((done) => server.once('exit', done));
  server.kill('SIGINT');
  await gone;
}

async function stopPid(pid: number): Promise<void> {
  process.kill(pid, 'SIGINT');
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((tick) => setTimeout(tick, 25));
  }
}
