import { setTimeout as wait } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import type { BenchOptions } from './bench-options';
import { readEvents, send, sendForJson } from './plain-http';
import { printFigures } from './print-figures';
import { memoryOfTree, totalMegabytes, type ProcessMemory } from './process-memory';
import { startProductProcess, temporaryFolder, type ProductProcess } from './product-process';

const question = 'How do I put the widget on my site?';

/** From starting the process to the first cited answer, on an empty folder and again on the same one; and the memory of everything. */
export async function benchStart({ mainFile, quick, print }: BenchOptions): Promise<void> {
  const first: number[] = [];
  const again: number[] = [];
  const memory: number[] = [];
  let processes: ProcessMemory[] = [];
  for (let run = 0; run < (quick ? 1 : 3); run++) {
    const folder = await temporaryFolder();
    try {
      for (const times of [first, again]) {
        const product = await startProductProcess(mainFile, folder.path);
        try {
          times.push((await untilCited(product)) / 1000);
          for (let more = 0; more < 10; more++) await askOnce(product);
          processes = await memoryOfTree(product.pid);
          memory.push(totalMegabytes(processes));
        } finally {
          await product.stop();
        }
      }
    } finally {
      await folder.remove();
    }
  }
  const parts = groupByName(processes).map(([name, { count, megabytes }]) => `${count} x ${name} ${megabytes.toFixed(0)}`).join(', ');
  printFigures('start', [
    { what: 'first start to first cited answer', values: first, unit: 's', goal: { atMost: 10 } },
    { what: 'later start to first cited answer', values: again, unit: 's', goal: { atMost: 10 } },
    { what: 'memory of all processes (PSS), after 11 answers', values: memory, unit: 'MB', digits: 0, goal: { atMost: 600 }, beside: parts },
  ], print);
}

/** Milliseconds from the start of the process. */
async function untilCited(product: ProductProcess): Promise<number> {
  while (!(await askOnce(product))) await wait(20);
  return performance.now() - product.startedAt;
}

/** Whether the answer came with a citation. */
async function askOnce({ baseUrl, apiKey, botId }: ProductProcess): Promise<boolean> {
  const headers = { authorization: `Bearer ${apiKey}` };
  const { id } = await sendForJson({ method: 'POST', url: `${baseUrl}/v1/bots/${botId}/conversations`, headers, body: {} });
  const address = `${baseUrl}/v1/conversations/${String(id)}`;
  await sendForJson({ method: 'POST', url: `${address}/messages`, headers, body: { clientMessageId: randomUUID(), text: question } });
  const stop = new AbortController();
  const stream = await send({ method: 'GET', url: `${address}/events`, headers, signal: stop.signal });
  try {
    for await (const { type, data } of readEvents(stream)) {
      if (type === 'answer.failed') throw new Error(`The answer failed: ${data}`);
      if (type === 'answer.completed') return (JSON.parse(data) as { citations: unknown[] }).citations.length > 0;
    }
    return false;
  } finally {
    stop.abort();
    stream.on('error', () => undefined);
  }
}

function groupByName(processes: ProcessMemory[]): [string, { count: number; megabytes: number }][] {
  const groups = new Map<string, { count: number; megabytes: number }>();
  for (const { name, megabytes } of processes) {
    const group = groups.get(name) ?? { count: 0, megabytes: 0 };
    groups.set(name, { count: group.count + 1, megabytes: group.megabytes + megabytes });
  }
  return [...groups];
}
