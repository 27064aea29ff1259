import { randomUUID } from 'node:crypto';
import { beginConversations } from './begin-conversations';
import type { BenchOptions } from './bench-options';
import { machineTime } from './metronome-model';
import { sendForJson } from './plain-http';
import { printFigures } from './print-figures';
import { withProduct } from './product-process';
import { inParallel, openReader } from './raw-reader';
import { startSideProcess } from './side-process';
import { quantile } from './statistics';

/** How long the metronome speaks (see `side-process.ts`). */
const speaksSeconds = 10;

/** Many answers at 50 pieces a second each: how old a piece is when it reaches its reader, from the model's socket to the reader's. */
export async function benchStreams({ mainFile, benchFile, quick, print }: BenchOptions): Promise<void> {
  const model = await startSideProcess(benchFile, 'metronome-model');
  const environment = { MODEL_PROVIDER: 'openai', MODEL_NAME: 'metronome', MODEL_BASE_URL: `${model.url}/v1`, MODEL_API_KEY: 'none', ALLOW_PRIVATE_NETWORK: 'true' };
  try {
    for (const streams of quick ? [20, 100] : [100, 300, 1000]) {
      await withProduct(mainFile, environment, async (product) => {
        const { ages, finished } = await measure(product, streams);
        printFigures(`${streams} streams at 50 pieces a second`, [
          { what: 'age of a piece at its reader, p50', values: [quantile(ages, 0.5)], unit: 'ms', digits: 1 },
          { what: 'age of a piece at its reader, p99', values: [quantile(ages, 0.99)], unit: 'ms', digits: 1, ...(streams === 1000 ? { goal: { atMost: 25 } } : {}) },
          { what: 'pieces that arrived', values: [ages.length / (streams * (speaksSeconds * 50 - 1)) * 100], unit: '%', digits: 1 },
          { what: 'answers that were completed', values: [finished], unit: '', digits: 0, goal: { atLeast: streams } },
        ], print);
      });
    }
  } finally {
    await model.stop();
  }
}

async function measure(product: { baseUrl: string; apiKey: string; botId: string }, streams: number): Promise<{ ages: number[]; finished: number }> {
  const conversations = await beginConversations(product, streams);
  const ages: number[] = [];
  let finished = 0;
  const done = new Promise<void>((resolve) => {
    // A machine that can't keep up is not waited for without end.
    setTimeout(resolve, speaksSeconds * 6000).unref();
    for (const conversationId of conversations) {
      let rest = '';
      openReader(product.baseUrl, product.apiKey, conversationId, 0, (text) => {
        const now = machineTime();
        const blocks = (rest + text).split('\n\n');
        rest = blocks.pop()!;
        for (const block of blocks) {
          if (block.includes('event: answer.delta')) for (const [, at] of block.matchAll(/@(\d+\.\d)/g)) ages.push(now - Number(at));
          else if (/event: answer\.(completed|failed)/.test(block) && (finished += Number(block.includes('completed'))) === streams) resolve();
        }
      });
    }
  });
  const headers = { authorization: `Bearer ${product.apiKey}` };
  await inParallel(streams, 50, (index) =>
    sendForJson({ method: 'POST', url: `${product.baseUrl}/v1/conversations/${conversations[index]!}/messages`, headers, body: { clientMessageId: randomUUID(), text: 'How do I put the widget on my site?' } }),
  );
  await done;
  return { ages, finished };
}
