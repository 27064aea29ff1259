import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { RunningProduct } from './ask-product';
import { beginConversations } from './begin-conversations';
import type { BenchOptions } from './bench-options';
import { machineTime } from './metronome-model';
import { sendForJson } from './plain-http';
import { printFigures } from './print-figures';
import { processorTime, timeForEach } from './processor-time';
import { withProduct } from './product-process';
import { inParallel, openReader } from './raw-reader';
import { startSideProcess } from './side-process';
import { quantile } from './statistics';

/** How long the metronome speaks (see `side-process.ts`). */
const speaksSeconds = 10;
const question = 'How do I put the widget on my site?';

/** Many answers at 50 pieces a second each: how old a piece is when it reaches its reader, from the model's socket to the reader's. */
export async function benchStreams({ mainFile, benchFile, quick, print }: BenchOptions): Promise<void> {
  const model = await startSideProcess(benchFile, 'metronome-model');
  const environment = { MODEL_PROVIDER: 'openai', MODEL_NAME: 'metronome', MODEL_BASE_URL: `${model.url}/v1`, MODEL_API_KEY: 'none', ALLOW_PRIVATE_NETWORK: 'true' };
  try {
    for (const streams of quick ? [20, 100] : [100, 300, 1000]) {
      await withProduct(mainFile, environment, async (product) => {
        await untilKnowing(product);
        const before = await processorTime(product.pid);
        const { ages, finished } = await measure(product, streams);
        const work = timeForEach(before, await processorTime(product.pid), ages.length / 1000);
        printFigures(`${streams} streams at 50 pieces a second`, [
          { what: 'age of a piece at its reader, p50', values: [quantile(ages, 0.5)], unit: 'ms', digits: 1 },
          { what: 'age of a piece at its reader, p99', values: [quantile(ages, 0.99)], unit: 'ms', digits: 1, ...(streams === 1000 ? { goal: { atMost: 25 } } : {}) },
          { what: 'pieces that arrived', values: [ages.length / (streams * (speaksSeconds * 50 - 1)) * 100], unit: '%', digits: 1 },
          { what: 'processor time for 1 000 pieces, questions included, server', values: [work.server], unit: 'ms', digits: 0 },
          { what: 'processor time for 1 000 pieces, questions included, database', values: [work.database], unit: 'ms', digits: 0 },
          { what: 'answers that were completed', values: [finished], unit: '', digits: 0, goal: { atLeast: streams } },
        ], print);
      });
    }
  } finally {
    await model.stop();
  }
}

/** Right after a start, what is asked finds nothing yet, and no model is asked. */
async function untilKnowing({ baseUrl, apiKey, botId }: RunningProduct): Promise<void> {
  const headers = { authorization: `Bearer ${apiKey}` };
  for (;;) {
    const { passages } = await sendForJson({ method: 'POST', url: `${baseUrl}/v1/bots/${botId}/search`, headers, body: { query: question, limit: 1 } });
    if (Array.isArray(passages) && passages.length > 0) return;
    await wait(200);
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
    sendForJson({ method: 'POST', url: `${product.baseUrl}/v1/conversations/${conversations[index]!}/messages`, headers, body: { clientMessageId: randomUUID(), text: question } }),
  );
  await done;
  return { ages, finished };
}
