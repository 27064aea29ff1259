import { createHash } from 'node:crypto';
import { realpath, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '@docent/platform';

/**
 * Takes the data folder, which is there, with its embedded database for this process, so that a second start on it can't end the database of the first.
 * Returns what lets go of it; a process that dies, however it does, lets go too. Throws {@link ConfigError} where another process has it.
 */
export async function holdDataFolder(dataDir: string): Promise<() => Promise<void>> {
  const address = addressOf(await realpath(dataDir));
  let server = await listen(address);
  if (!server && (await isLeftOver(address))) {
    await rm(address, { force: true });
    server = await listen(address);
  }
  if (!server) throw new ConfigError([`DATA_DIR: expected a folder of its own; another Docent is running with ${dataDir}`]);
  return () => new Promise((done) => server.close(() => done()));
}

/** A socket that nobody talks to: unlike a file with a process id, the system takes it away with its process, and knows no two of one name. */
function addressOf(folder: string): string {
  const name = `docent-${createHash('sha256').update(folder).digest('hex').slice(0, 24)}`;
  if (process.platform === 'linux') return `\0${name}`;
  return process.platform === 'win32' ? `\\\\?\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

function listen(address: string): Promise<Server | null> {
  return new Promise((done, fail) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? done(null) : fail(error)));
    server.listen(address, () => done(server.unref()));
  });
}

/** Where sockets are files (macOS), a killed process leaves its own behind. */
async function isLeftOver(address: string): Promise<boolean> {
  if (process.platform === 'linux' || process.platform === 'win32') return false;
  return new Promise((done) => {
    const socket = connect(address, () => done(false)).once('error', () => done(true));
    socket.once('close', () => socket.destroy());
  });
}
