import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';

const program = `
  process.on('SIGINT', () => { process.stdout.write('interrupted'); process.exit(7); });
  process.stdout.write('runs');
  setTimeout(() => process.exit(1), 60_000);`;
const starter = (options: object) => `
  const { run } = await import(${JSON.stringify(new URL('ensure-installed.mjs', import.meta.url).href)});
  await run(process.execPath, ['-e', ${JSON.stringify(program)}], ${JSON.stringify(options)});`;

it('hands on an interrupt that only the starting process was sent, and ends as the program does', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', starter({ isLast: true, takesInterrupts: true })], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (piece: Buffer) => (output += piece.toString()));
  await expect.poll(() => output, { timeout: 30_000 }).toBe('runs');
  child.kill('SIGINT');
  expect((await once(child, 'exit'))[0]).toBe(7);
  expect(output).toBe('runsinterrupted');
}, 60_000);
