// `npm run dev`: the API is built and started again on every change; console and widget are served with hot reload.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build, pinnedNode, root } from './ensure-installed.mjs';
import { serverEnvironment, serverFlags } from './server-flags.mjs';

const vite = join(root, 'node_modules/vite/bin/vite.js');
const children = [];

function start(args, folder) {
  const child = spawn(pinnedNode, args, {
    cwd: join(root, folder),
    stdio: 'inherit',
    env: { ...process.env, ...serverEnvironment, VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true' },
  });
  children.push(child);
  return child;
}

await build();
start([vite, 'build', '--watch', '--logLevel', 'warn'], 'apps/api');
start([vite, 'build', '--watch', '--logLevel', 'warn'], 'apps/widget');
// Node itself restarts the server when the bundle was written anew.
start([...serverFlags, '--enable-source-maps', '--watch-path=dist/api', '--watch-preserve-output', 'dist/api/main.mjs'], '.');
start([vite], 'apps/console');
process.stdout.write(`Console with hot reload: http://localhost:5173 · demo page that follows the widget: http://localhost:5173/demo · everything else: http://localhost:${process.env.PORT ?? 3000}\n`);

const end = () => children.forEach((child) => child.kill('SIGINT'));
process.on('SIGINT', end);
process.on('SIGTERM', end);
