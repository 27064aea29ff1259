import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { RunningProduct } from './ask-product';
import { beginConversations } from './begin-conversations';
import type { BenchOptions } from './bench-options';
import { PieceAges, readPieces } from './piece-reader';
import { sendForJson } from './plain-http';
import { printFigures } from './print-figures';
import { processorTime, timeForEach } from './processor-time';
import { withProduct, type ProductProcess } from './product-process';
import { inParallel } from './raw-reader';
import { startSideProcess } from './side-process';
import { quantile } from './statistics';
import { measurePipe } from './streams-yardstick';
import { piecesForStamp } from './time-stamp';

/** After the last answer has begun: until the questions are digested, and how long is measured. The metronome goes on for twenty seconds: readers may hear the last answer begin much later. */
const settlesMs = 2000;
const measuredMs = 8000;
/** A database that was just made finds rows the long way until it has looked at its tables, which it does every ten seconds. */
const looksAtTablesMs = 15_000;
/** A machine that can't keep up is not waited for without end. */
const mostMs = 150_000;
const question = 'How do I put the widget on my site?';

/** Many answers at 50 pieces a second each: how old a piece is when it reaches its reader, from the model's socket to the reader's. */
export async function benchStreams({ mainFile, benchFile, quick, print }: BenchOptions): Promise<void> {
  const model = await startSideProcess(benchFile, 'metronome-model');
  try {
    for (const streams of streamCounts(quick)) {
      const piped = await measurePipe(benchFile, model, streams, settlesMs, measuredMs);
      const environment = { MODEL_PROVIDER: 'openai', MODEL_NAME: 'metronome', MODEL_BASE_URL: `${model.url}/${streams}/v1`, MODEL_API_KEY: 'none', ALLOW_PRIVATE_NETWORK: 'true' };
      await withProduct(mainFile, environment, async (product) => {
        await untilKnowing(product);
        await measure(product, model.pid, streams, piped, print);
      });
    }
  } finally {
    await model.stop();
  }
}

/** `BENCH_STREAMS` names one count of one's own. */
function streamCounts(quick: boolean): number[] {
  const own = Number(process.env['BENCH_STREAMS']);
  if (own > 0) return [own];
  return quick ? [20, 100] : [100, 300, 1000];
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

async function measure(product: ProductProcess, modelPid: number, streams: number, piped: number[], print: (line: string) => void): Promise<void> {
  const conversations = await beginConversations(product, streams);
  await wait(looksAtTablesMs);
  const heard = new PieceAges();
  const until = (isSo: () => boolean) =>
    new Promise<void>((resolve) => {
      setTimeout(resolve, mostMs).unref();
      heard.onChange = () => isSo() && resolve();
    });
  for (const conversationId of conversations) readPieces(product.baseUrl, product.apiKey, conversationId, heard);
  const allSpeak = until(() => heard.begun + heard.failed >= streams);
  await ask(product, conversations);
  await allSpeak;
  await wait(settlesMs);
  const spent = async () => ({ ...(await processorTime(product.pid)), yardstick: (await processorTime(modelPid)).server + process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000 });
  const from = { pieces: heard.ages.length, events: heard.events, time: await spent() };
  await wait(measuredMs);
  const to = { pieces: heard.ages.length, events: heard.events, time: await spent() };
  await until(() => heard.completed + heard.failed >= streams);
  const ages = heard.ages.slice(from.pieces, to.pieces);
  if (ages.length === 0) return print(`\n${streams} streams at 50 pieces a second: too many for this machine; when all were heard, the first had ended. ${heard.completed} answers were completed.`);
  const pieces = ages.length * piecesForStamp;
  const work = timeForEach(from.time, to.time, pieces / 1000);
  const throughPipe = (share: number) => `${quantile(piped, share).toFixed(1)} ms through a pipe that only passes bytes on`;
  printFigures(`${streams} streams at 50 pieces a second`, [
    { what: 'age of a piece at its reader, p50', values: [quantile(ages, 0.5)], unit: 'ms', digits: 1, beside: throughPipe(0.5) },
    { what: 'age of a piece at its reader, p99', values: [quantile(ages, 0.99)], unit: 'ms', digits: 1, ...(streams === 1000 ? { goal: { atMost: 25 } } : {}), beside: throughPipe(0.99) },
    { what: 'the same from the first question to the last word, p99', values: [quantile(heard.ages, 0.99)], unit: 'ms', digits: 1 },
    { what: 'pieces in one event', values: [pieces / (to.events - from.events)], unit: '', digits: 2 },
    { what: 'pieces a second', values: [pieces / (measuredMs / 1000)], unit: '', digits: 0 },
    { what: 'pieces that arrived', values: [(heard.ages.length / heard.spoken) * 100], unit: '%', digits: 2 },
    { what: 'processor time for 1 000 pieces, server', values: [work.server], unit: 'ms', digits: 1 },
    { what: 'processor time for 1 000 pieces, database', values: [work.database], unit: 'ms', digits: 1 },
    { what: 'processor time for 1 000 pieces, model and readers', values: [(to.time.yardstick - from.time.yardstick) / (pieces / 1000)], unit: 'ms', digits: 1 },
    { what: 'answers that were completed', values: [heard.completed], unit: '', digits: 0, goal: { atLeast: streams } },
  ], print);
}

async function ask(product: RunningProduct, conversations: string[]): Promise<void> {
  const headers = { authorization: `Bearer ${product.apiKey}` };
  await inParallel(conversations.length, 16, (index) =>
    sendForJson({ method: 'POST', url: `${product.baseUrl}/v1/conversations/${conversations[index]!}/messages`, headers, body: { clientMessageId: randomUUID(), text: question } }),
  );
}
