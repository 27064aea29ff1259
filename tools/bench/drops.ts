import { createServer } from 'node:http';
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Server } from 'socket.io';
import { io } from 'socket.io-client';
import type { RunningProduct } from './ask-product';
import { beginConversations } from './begin-conversations';
import type { BenchOptions } from './bench-options';
import { startDroppingProxy } from './dropping-proxy';
import { sendForJson } from './plain-http';
import { printFigures } from './print-figures';
import { withProduct } from './product-process';
import { openReader } from './raw-reader';

const everyMs = 5000;
const forMs = 2000;
const readers = 20;

/** What arrives while the line is gone for two of every five seconds: events of the product, read as the widget does, and events of socket.io as it comes. */
export async function benchDrops({ mainFile, quick, print }: BenchOptions): Promise<void> {
  const seconds = quick ? 15 : 60;
  const ours = await withProduct(mainFile, {}, (product) => measureProduct(product, seconds));
  const theirs = await measureSocketIo(seconds);
  printFigures(`drops of ${forMs / 1000} s every ${everyMs / 1000} s, for ${seconds} s, ${readers} readers`, [
    { what: 'events delivered', values: [ours.delivered * 100], unit: '%', goal: { atLeast: 100 }, beside: `socket.io with its defaults: ${(theirs * 100).toFixed(1)} %` },
    { what: 'events delivered twice or out of order', values: [ours.wrong], unit: '', digits: 0, goal: { atMost: 0 } },
    { what: 'events sent', values: [ours.sent], unit: '', digits: 0 },
  ], print);
}

async function measureProduct(product: RunningProduct, seconds: number): Promise<{ delivered: number; wrong: number; sent: number }> {
  const proxy = await startDroppingProxy(product.baseUrl, everyMs, forMs);
  const conversations = await beginConversations(product, readers);
  const leaving = new AbortController();
  const seen = conversations.map((conversationId) => follow(proxy.url, product.apiKey, conversationId, leaving.signal));
  const headers = { authorization: `Bearer ${product.apiKey}` };
  const until = performance.now() + seconds * 1000;
  await Promise.all(
    conversations.map(async (conversationId) => {
      while (performance.now() < until) {
        await sendForJson({ method: 'POST', url: `${product.baseUrl}/v1/conversations/${conversationId}/messages`, headers, body: { clientMessageId: randomUUID(), text: 'How do I put the widget on my site?' } }).catch(() => undefined);
        await wait(300);
      }
    }),
  );
  // The last drop and the way back.
  await wait(forMs + 4000);
  const sent = (await Promise.all(conversations.map((id) => sendForJson({ method: 'GET', url: `${product.baseUrl}/v1/conversations/${id}`, headers })))).reduce((sum, { lastSeq }) => sum + Number(lastSeq), 0);
  leaving.abort();
  await proxy.close();
  return { delivered: seen.reduce((sum, { seq }) => sum + seq, 0) / sent, wrong: seen.reduce((sum, { wrong }) => sum + wrong, 0), sent };
}

/** Comes back with the last event's number, after a random moment. */
function follow(url: string, apiKey: string, conversationId: string, signal: AbortSignal): { seq: number; wrong: number } {
  const seen = { seq: 0, wrong: 0 };
  const open = () => {
    if (signal.aborted) return;
    let rest = '';
    const { socket } = openReader(url, apiKey, conversationId, seen.seq, (text) => {
      const blocks = (rest + text).split('\n\n');
      rest = blocks.pop()!;
      for (const block of blocks) {
        const seq = Number(/^id: (\d+)$/m.exec(block)?.[1] ?? Number.NaN);
        if (Number.isNaN(seq)) continue;
        if (seq !== seen.seq + 1) seen.wrong += 1;
        seen.seq = seq;
      }
    });
    socket.on('error', () => undefined).on('close', () => setTimeout(open, 200 + Math.random() * 300));
    signal.addEventListener('abort', () => socket.destroy());
  };
  open();
  return seen;
}

/** Share of what a plain socket.io server emitted to its clients, both with their defaults. */
async function measureSocketIo(seconds: number): Promise<number> {
  const http = createServer();
  const server = new Server(http);
  await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening));
  const address = http.address();
  const proxy = await startDroppingProxy(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`, everyMs, forMs);
  const clients = Array.from({ length: readers }, () => io(proxy.url, { forceNew: true }));
  let received = 0;
  await Promise.all(clients.map((client) => new Promise<void>((resolve) => client.on('event', () => (received += 1)).once('connect', () => resolve()))));
  let sent = 0;
  for (const until = performance.now() + seconds * 1000; performance.now() < until; sent += 1) {
    server.emit('event', sent);
    await wait(50);
  }
  await wait(forMs + 4000);
  for (const client of clients) client.close();
  await proxy.close();
  await server.close();
  return received / (sent * readers);
}
