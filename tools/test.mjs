// `npm test`: everything that must hold. Each step names itself and its time; the first that fails ends the run, except that
// all tests are run to the end. `npm test -- unit` runs one suite only (unit, widget, api, e2e).
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, ensureInstalled, pinnedNode, root, run } from './ensure-installed.mjs';

const suites = process.argv.slice(2);
const report = join(root, '.test/report.json');
const bin = (path) => join(root, 'node_modules', path);

async function step(name, work) {
  const startedAt = Date.now();
  process.stdout.write(`\n== ${name}\n`);
  await work();
  process.stdout.write(`   ${((Date.now() - startedAt) / 1000).toFixed(1)} s\n`);
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
  if (suites.length === 0) {
    for (const project of ['tsconfig.json', 'apps/console', 'apps/widget', 'apps/e2e']) {
      await step(`types of ${project}`, () => run(pinnedNode, [bin('typescript/bin/tsc'), '--noEmit', '-p', project]));
    }
    await step('lint and module boundaries', () => run(pinnedNode, [bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0']));
  }
  await step('tests', runTests);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
