import { access, constants, mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { ConfigError } from '@docent/platform';

/**
 * Whether this machine has what the configuration names, before anything is started: a folder to write in, an address to listen on.
 * Throws {@link ConfigError}.
 */
export async function checkSurroundings({ dataDir, host, port }: { dataDir: string; host: string; port: number }): Promise<void> {
  await checkDataFolder(dataDir);
  if (port !== 0) await checkAddress(host, port);
}

async function checkDataFolder(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true });
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new ConfigError([`DATA_DIR: expected a folder that can be written; ${dataDir} can't (${codeOf(error)})`]);
  }
}

async function checkAddress(host: string, port: number): Promise<void> {
  const server = createServer();
  try {
    await new Promise<void>((done, fail) => server.once('error', fail).listen({ host, port }, done));
  } catch (error) {
    throw new ConfigError([explainAddress(codeOf(error), host, port)]);
  }
  await new Promise((done) => server.close(done));
}

function explainAddress(code: string, host: string, port: number): string {
  if (code === 'EADDRINUSE')
    return `PORT: expected a free port; another program has ${port}. End that one, or choose another: PORT=${port + 1} npm start`;
  if (code === 'EACCES') return `PORT: expected a port that this user may open; ${port} is for the system's own programs`;
  return `HOST: expected an address of this machine; ${host} can't be listened on (${code})`;
}

/** Not reached, not signed in, no such database, not ready yet, not allowed. */
const noWayIn = /^(ECONN|EHOST|ENET|ENOTFOUND|EAI_|ETIMEDOUT|28|3D|57P03|42501)/;

/**
 * What an operator can act on, in the place of a driver's error: the database that `DATABASE_URL` (or the error's own `variable`) names does not
 * let us in. Any other error is returned as it is.
 */
export function explainDatabase(error: unknown): unknown {
  if (!(error instanceof Error) || !noWayIn.test(codeOf(error))) return error;
  const variable = 'variable' in error ? String(error.variable) : 'DATABASE_URL';
  return new ConfigError([`${variable}: expected a PostgreSQL that lets us in (${error.message || codeOf(error)})`]);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
