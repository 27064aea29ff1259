import 'reflect-metadata';
import { ConfigError, readConfig } from '@docent/platform';
import { keepCompiledCode } from './compiled-code';
import { startProduct, type RunningProduct } from './start-product';

/** What a supervisor usually waits before it kills. */
const endWithinMs = 30_000;
const endSignals = ['SIGINT', 'SIGTERM'] as const;
/** A terminal sends Ctrl-C to everything that `npm start` has started, and each of those hands it on: that is one wish. */
const oneWishMs = 1000;

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Starts the product and ends it cleanly on Ctrl-C or SIGTERM; a second Ctrl-C does not wait. */
export async function serve(): Promise<void> {
  try {
    await start();
    await keepCompiledCode();
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exit(1);
  }
}

async function start(): Promise<void> {
  const startedAt = Date.now();
  const config = readConfig(process.env);
  // Until it is ready there is nothing to finish: the exit ends the database that may be starting.
  const leave = () => process.exit(130);
  for (const signal of endSignals) process.on(signal, leave);
  const product = await startProduct(config, say);
  for (const signal of endSignals) process.off(signal, leave);
  endOnSignals(product);
  say(`Docent is ready at ${config.publicUrl} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
  say(`  Console  ${config.publicUrl}/`);
  say(`  API      ${config.publicUrl}/docs/reference`);
  if (!product.demo) return;
  say(`  Demo     ${product.demo.demoUrl}`);
  if (product.newDemo) say(`  Sign in  ${product.newDemo.email} with the password ${product.newDemo.password} (shown once, kept in ${config.dataDir}/demo.json)`);
  else say(`  Sign in  see ${config.dataDir}/demo.json`);
}

function endOnSignals(product: RunningProduct): void {
  let endingSince: number | null = null;
  const end = () => {
    if (endingSince !== null && Date.now() - endingSince > oneWishMs) process.exit(1);
    if (endingSince !== null) return;
    endingSince = Date.now();
    say('Ending: running answers may finish …');
    setTimeout(() => {
      process.stderr.write('Something did not end within 30 seconds.\n');
      process.exit(1);
    }, endWithinMs).unref();
    product.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of endSignals) process.on(signal, end);
}

/** What a person can act on is said in words; the rest comes with its trace, for a report. */
function explain(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return 'The port is taken by another program. End that one, or choose another: PORT=3001 npm start';
  return `Docent could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
