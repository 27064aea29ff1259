import type { BenchOptions } from './bench-options';
import { benchFirstToken, type FirstTokenRow } from './first-token';
import { createBot, loadPassages } from './load-knowledge';
import { makeCorpus } from './make-passages';
import { printFigures } from './print-figures';
import { memoryOfTree, totalMegabytes } from './process-memory';
import { processorTime, timeForEach } from './processor-time';
import { withProduct } from './product-process';
import { startSideProcess } from './side-process';
import { untilQuiet } from './until-quiet';

const yardsticks: Partial<Record<FirstTokenRow['what'], string>> = {
  'plain proxy': 'the least between a visitor and a model',
  'own share of a plain log': 'the least that commits question and words',
};

/** The product's own share of the time to first text, over many passages, with a model that answers at once; each in a process of its own. */
export async function benchFirstTokenOfProduct({ mainFile, benchFile, quick, print }: BenchOptions): Promise<void> {
  const corpus = makeCorpus('../shared/eval');
  const model = await startSideProcess(benchFile, 'scripted-model');
  const log = await startSideProcess(benchFile, 'plain-log', model.url);
  const environment = { MODEL_PROVIDER: 'openai', MODEL_NAME: 'scripted', MODEL_BASE_URL: `${model.url}/v1`, MODEL_API_KEY: 'none', ALLOW_PRIVATE_NETWORK: 'true' };
  try {
    await withProduct(mainFile, environment, async (product) => {
      const botId = await createBot(product, 'Large');
      const began = performance.now();
      const chunks = await loadPassages(product, botId, corpus.passages(quick ? 10_000 : 100_000));
      print(`\n${chunks} passages loaded in ${((performance.now() - began) / 1000).toFixed(1)} s (${corpus.name})`);
      const runs = quick ? 2 : 5;
      await untilQuiet(product, product.botId);
      await untilQuiet(product, botId);
      print(`vectors made and words learned after ${((performance.now() - began) / 1000).toFixed(1)} s`);
      const before = await processorTime(product.pid);
      const rows = await benchFirstToken({ product: { ...product, botId }, modelUrl: model.url, logUrl: log.url, questions: corpus.questions, runs });
      // The round that warms up asks as well.
      const asked = rows.find(({ what }) => what === 'product')!.asked;
      const work = timeForEach(before, await processorTime(product.pid), (asked / runs) * (runs + 1));
      const memory = totalMegabytes(await memoryOfTree(product.pid));
      const goals = { p50: { atMost: 5 }, p99: { atMost: 15 } };
      printFigures(`first text, 20 streams, ${chunks} passages`, [
        ...rows.flatMap((row) =>
          (['p50', 'p99'] as const).map((share) => ({
            what: `${row.what}, ${share}`,
            values: row[`${share}s`],
            unit: 'ms',
            ...(row.what === 'own share of the product' ? { goal: goals[share] } : {}),
            ...(yardsticks[row.what] ? { beside: yardsticks[row.what] } : {}),
          })),
        ),
        { what: 'processor time of a question, server', values: [work.server], unit: 'ms' },
        { what: 'processor time of a question, database', values: [work.database], unit: 'ms' },
        { what: 'memory of all processes (PSS)', values: [memory], unit: 'MB', digits: 0 },
      ], print);
    });
  } finally {
    await log.stop();
    await model.stop();
  }
}
