// `npm test`: everything that must hold. Each step names itself and its time; the first that fails ends the run, except that
// all checks and all tests are run to the end. `npm test -- unit` runs one suite only (unit, widget, api, e2e).
import { readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { build, ensureInstalled, pinnedNode, root, run } from './ensure-installed.mjs';

const suites = process.argv.slice(2);
const report = join(root, '.test/report.json');
const bin = (path) => join(root, 'node_modules', path);

const checks = [
  ...['tsconfig.json', 'apps/console', 'apps/widget', 'apps/e2e'].map((project) => [`types of ${project}`, 'typescript/bin/tsc', '--noEmit', '-p', project]),
  ['lint and module boundaries', 'eslint/bin/eslint.js', '.', '--max-warnings', '0'],
];

async function step(name, work) {
  const startedAt = Date.now();
  process.stdout.write(`\n== ${name}\n`);
  await work();
  process.stdout.write(`   ${secondsSince(startedAt)} s\n`);
}

const secondsSince = (startedAt) => ((Date.now() - startedAt) / 1000).toFixed(1);

/** Each check keeps one processor busy: as many at a time as there are. All are run to the end, so that one run names all that is wrong. */
async function runChecks() {
  const waiting = [...checks].reverse();
  const failures = [];
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const [name, program, ...args] = check;
      const startedAt = Date.now();
      const failure = await run(pinnedNode, [bin(program), ...args], { isQuiet: true }).catch((error) => error);
      process.stdout.write(`   ${name}: ${failure ? 'failed after ' : ''}${secondsSince(startedAt)} s\n`);
      if (failure) failures.push(`${name}:\n${failure.message}`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  if (failures.length > 0) throw new Error(failures.join('\n'));
}

async function runTests() {
  rmSync(report, { force: true });
  const chosen = suites.flatMap((suite) => ['--project', suite]);
  const failure = await run(pinnedNode, [bin('vitest/vitest.mjs'), 'run', ...chosen, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]).catch((error) => error);
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'));
  process.stdout.write(`\n${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped\n`);
  if (failure) throw failure;
}

try {
  await ensureInstalled();
  await step('build', build);
  if (suites.length === 0) await step('types, lint and module boundaries', runChecks);
  await step('tests', runTests);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
