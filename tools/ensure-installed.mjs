import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** The Node of the lock file (package `node`). */
export const pinnedNode = join(root, 'node_modules/node/bin/node');
const stampFile = join(root, 'node_modules/.docent-lock-hash');

/** Installs when the lock file asks for it: on a fresh clone, and after a change of dependencies. */
export async function ensureInstalled() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
  const installed = existsSync(stampFile) && existsSync(pinnedNode) ? readFileSync(stampFile, 'utf8') : '';
  if (installed === hash) return;
  const startedAt = Date.now();
  process.stdout.write('Installing dependencies (once, about a minute) …\n');
  await run(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { isQuiet: true });
  if (!existsSync(pinnedNode)) throw new Error('The package "node" brought no program: npm ran without install scripts. Run "npm rebuild node" and start again.');
  writeFileSync(stampFile, hash);
  process.stdout.write(`Installed in ${Math.round((Date.now() - startedAt) / 1000)} s.\n`);
}

/** Builds what ships. Nx builds a part again only when its sources changed. */
export async function build() {
  const startedAt = Date.now();
  await run(pinnedNode, [join(root, 'node_modules/nx/dist/bin/nx.js'), 'run-many', '-t', 'build'], { isQuiet: true, env: { NX_DAEMON: 'false', NX_TUI: 'false', VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true' } });
  const seconds = (Date.now() - startedAt) / 1000;
  if (seconds > 2) process.stdout.write(`Built in ${seconds.toFixed(1)} s.\n`);
}

/**
 * Runs a program to its end, in the project's folder. Signals of the terminal reach it by itself; those sent to this process
 * are handed on, so that ending the one ends the other. `isLast`: this process ends with the program's exit code. `takesInterrupts`: the
 * program takes several Ctrl-C at once for one, so that it is also handed the one that this process was sent alone (by a supervisor).
 */
export function run(program, args, { isQuiet = false, isLast = false, takesInterrupts = false, env = {} } = {}) {
  return new Promise((done, fail) => {
    const path = [join(root, 'node_modules/.bin'), dirname(pinnedNode), process.env.PATH].join(process.platform === 'win32' ? ';' : ':');
    const child = spawn(program, args, { cwd: root, stdio: ['inherit', isQuiet ? 'pipe' : 'inherit', isQuiet ? 'pipe' : 'inherit'], env: { ...process.env, PATH: path, ...env } });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece) => (output = (output + piece).slice(-8000)));
    const handOn = (signal) => child.kill(signal);
    const signals = ['SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, handOn);
    // Ctrl-C goes to the whole group: the child ends by itself, and this process waits for it.
    const interrupted = takesInterrupts ? handOn : () => undefined;
    process.on('SIGINT', interrupted);
    child.on('error', fail);
    child.on('exit', (code, signal) => {
      for (const name of signals) process.off(name, handOn);
      process.off('SIGINT', interrupted);
      if (isLast) process.exit(code ?? 1);
      if (code === 0) done();
      else fail(new Error(isQuiet ? output : `${[program.split('/').pop(), ...args].join(' ')} ended with ${signal ?? code}`));
    });
  });
}
