import { setTimeout as wait } from 'node:timers/promises';
import { beginConversations } from './begin-conversations';
import type { BenchOptions } from './bench-options';
import { fitToFileLimit } from './file-limit';
import { printFigures } from './print-figures';
import { withProduct } from './product-process';
import { inParallel, openReader, type RawReader } from './raw-reader';
import { quantile } from './statistics';

/** The widget waits a random part of this before it comes back. */
const jitterMs = 1000;

/** All readers lose their line at one moment, and come back as the widget does: how long until each is live again. */
export async function benchReconnect({ mainFile, quick, print }: BenchOptions): Promise<void> {
  const count = quick ? 1000 : fitToFileLimit(5000, print);
  await withProduct(mainFile, {}, async (product) => {
    const conversations = await beginConversations(product, count);
    let readers = await inParallel(count, 100, (index) => live(() => openReader(product.baseUrl, product.apiKey, conversations[index]!, 0)));
    const all: number[] = [];
    const slowest: number[] = [];
    for (let run = 0; run < (quick ? 1 : 3); run += 1) {
      const cutAt = performance.now();
      for (const { socket } of readers) socket.destroy();
      const back = await Promise.all(
        conversations.map(async (conversationId) => {
          await wait(Math.random() * jitterMs);
          const reader = await live(() => openReader(product.baseUrl, product.apiKey, conversationId, 0));
          return { reader, seconds: ((await reader.live) - cutAt) / 1000 };
        }),
      );
      readers = back.map(({ reader }) => reader);
      all.push(quantile(back.map(({ seconds }) => seconds), 0.5));
      slowest.push(Math.max(...back.map(({ seconds }) => seconds)));
      await wait(1000);
    }
    for (const { socket } of readers) socket.destroy();
    printFigures(`${count} readers cut at once`, [
      { what: 'live again, median', values: all, unit: 's', beside: `with a random wait of up to ${jitterMs} ms` },
      { what: 'live again, the last', values: slowest, unit: 's', goal: { atMost: 5 } },
    ], print);
  });
}

/** A line that is refused in the crowd is tried again, as the widget does. */
async function live(open: () => RawReader): Promise<RawReader> {
  for (;;) {
    const reader = open();
    const stands = await reader.live.then(
      () => true,
      () => false,
    );
    if (stands) return reader;
    await wait(100 + Math.random() * 200);
  }
}
