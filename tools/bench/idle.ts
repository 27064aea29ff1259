import { setTimeout as wait } from 'node:timers/promises';
import { beginConversations } from './begin-conversations';
import type { BenchOptions } from './bench-options';
import { fitToFileLimit } from './file-limit';
import { printFigures } from './print-figures';
import { memoryOfTree, totalMegabytes } from './process-memory';
import { startProductProcess, temporaryFolder, type ProductProcess } from './product-process';
import { inParallel, openReader } from './raw-reader';

/** How much memory visitors cost who have the chat open and say nothing: each with a conversation and an event stream of their own. */
export async function benchIdle({ mainFile, quick, print }: BenchOptions): Promise<void> {
  const count = quick ? 2000 : fitToFileLimit(20_000, print);
  const folder = await temporaryFolder();
  try {
    const first = await startProductProcess(mainFile, folder.path);
    const conversations = await beginConversations(first, count).finally(first.stop);
    // What beginning so many conversations left behind is no visitor's: they come to a process that has just started.
    await measure(await startProductProcess(mainFile, folder.path), conversations, print);
  } finally {
    await folder.remove();
  }
}

async function measure(product: ProductProcess, conversations: string[], print: (line: string) => void): Promise<void> {
  const count = conversations.length;
  try {
    await wait(5000);
    const before = await ownMemory(product.pid);
    const readers = await inParallel(count, 100, async (index) => {
      const reader = openReader(product.baseUrl, product.apiKey, conversations[index]!, 0);
      await reader.live;
      return reader;
    });
    // Two heartbeats for everybody, and time for the collector.
    await wait(32_000);
    const after = await ownMemory(product.pid);
    const alive = readers.filter(({ socket }) => !socket.destroyed).length;
    const all = totalMegabytes(await memoryOfTree(product.pid));
    for (const { socket } of readers) socket.destroy();
    printFigures(`idle, ${count} visitors`, [
      { what: 'still connected after 30 s', values: [alive], unit: '', digits: 0, goal: { atLeast: count } },
      { what: 'memory of the API process (PSS)', values: [after], unit: 'MB', digits: 0, goal: { atMost: 350 }, beside: `${before.toFixed(0)} MB before they came` },
      { what: 'for each visitor', values: [((after - before) / count) * 1024], unit: 'KB', digits: 1, beside: 'server-sent events of bare Node: 12.6 KB' },
      { what: 'memory of all processes (PSS)', values: [all], unit: 'MB', digits: 0 },
    ], print);
  } finally {
    await product.stop();
  }
}

/** Of the product itself, without its database: the largest of what runs on Node. */
async function ownMemory(pid: number): Promise<number> {
  const processes = await memoryOfTree(pid);
  return Math.max(...processes.filter(({ name }) => name !== 'postgres').map(({ megabytes }) => megabytes));
}
