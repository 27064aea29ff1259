import { setTimeout as wait } from 'node:timers/promises';
import { askProduct, type RunningProduct } from './ask-product';
import type { BenchOptions } from './bench-options';
import { sendForJson } from './plain-http';
import { printFigures } from './print-figures';
import { withProduct } from './product-process';
import { startSideProcess } from './side-process';
import { quantile } from './statistics';

const conversations = 200;
const questionsEach = 5;
const questions = [
  'How do I put the widget on my site?',
  'Which file formats can I upload?',
  'How are tenants kept apart?',
  'What does a plan limit?',
  'How do I call the API from my server?',
  'Where is my data stored?',
];

/** 200 visitors at once, each with a token and an event stream of their own, asking without a pause; without a model and with one that answers at once. */
export async function benchConversations({ mainFile, benchFile, quick, print }: BenchOptions): Promise<void> {
  const runs = quick ? 1 : 3;
  const model = await startSideProcess(benchFile, 'scripted-model');
  try {
    const extractive = await withProduct(mainFile, {}, (product) => measure(product, runs));
    const environment = { MODEL_PROVIDER: 'openai', MODEL_NAME: 'scripted', MODEL_BASE_URL: `${model.url}/v1`, MODEL_API_KEY: 'none', ALLOW_PRIVATE_NETWORK: 'true' };
    const byModel = await withProduct(mainFile, environment, (product) => measure(product, runs));
    printFigures(`${conversations} conversations at once`, [...toFigures('without a model', extractive), ...toFigures('instant model', byModel)], print);
  } finally {
    await model.stop();
  }
}

interface Run {
  times: number[];
  errors: string[];
  seconds: number;
}

async function measure(product: RunningProduct, runs: number): Promise<Run[]> {
  const results: Run[] = [];
  // The demo's documents are still being read right after the start, and the first round warms everything up.
  await wait(1500);
  for (let run = -1; run < runs; run++) {
    const result = await talkAtOnce(product, run < 0 ? 20 : conversations);
    if (run >= 0) results.push(result);
  }
  return results;
}

async function talkAtOnce(product: RunningProduct, count: number): Promise<Run> {
  const visitors = await Promise.all(Array.from({ length: count }, () => enter(product)));
  const began = performance.now();
  const errors: string[] = [];
  const times = await Promise.all(
    visitors.map(async (visitor, at) => {
      const own = Array.from({ length: questionsEach }, (_, turn) => questions[(at + turn) % questions.length]!);
      return askProduct(visitor, own, () => Promise.resolve()).catch((error: unknown) => {
        errors.push(String(error));
        return [];
      });
    }),
  );
  return { times: times.flat(), errors, seconds: (performance.now() - began) / 1000 };
}

/** As a visitor of the demo page. */
async function enter({ baseUrl, botId }: RunningProduct): Promise<RunningProduct> {
  const origin = baseUrl.replace('127.0.0.1', 'localhost');
  const { token } = await sendForJson({ method: 'POST', url: `${baseUrl}/v1/visitor-sessions`, headers: { origin }, body: { botId } });
  return { baseUrl, botId, apiKey: String(token) };
}

function toFigures(how: string, runs: Run[]) {
  const [firstError] = runs.flatMap((run) => run.errors);
  return [
    { what: `${how}: errors`, values: runs.map((run) => run.errors.length), unit: '', digits: 0, goal: { atMost: 0 }, beside: firstError?.slice(0, 120) },
    { what: `${how}: answers`, values: runs.map((run) => run.times.length / run.seconds), unit: '/s', digits: 0 },
    { what: `${how}: to first text, p50`, values: runs.map((run) => quantile(run.times, 0.5)), unit: 'ms', digits: 0 },
    { what: `${how}: to first text, p99`, values: runs.map((run) => quantile(run.times, 0.99)), unit: 'ms', digits: 0 },
  ];
}
