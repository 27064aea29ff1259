import { setTimeout as wait } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { beginConversations } from './begin-conversations';
import type { BenchOptions } from './bench-options';
import { printFigures } from './print-figures';
import { withProduct } from './product-process';
import { quantile } from './statistics';

const clients = 500;

/** WebSocket clients that each ask once a second: from saying `follow` to its acknowledgement, with credential, access and rate looked at anew. */
export async function benchSockets({ mainFile, quick, print }: BenchOptions): Promise<void> {
  await withProduct(mainFile, {}, async (product) => {
    const conversations = await beginConversations(product, clients);
    const sockets = await Promise.all(conversations.map(() => connected(product.baseUrl, product.apiKey)));
    const runs: number[][] = [];
    for (let run = -1; run < (quick ? 1 : 3); run += 1) {
      const times = (await Promise.all(sockets.map((socket, index) => askRepeatedly(socket, conversations[index]!, quick ? 5 : 10)))).flat();
      if (run >= 0) runs.push(times);
    }
    for (const socket of sockets) socket.close();
    printFigures(`WebSocket round trip, ${clients} clients`, [
      { what: 'p50', values: runs.map((run) => quantile(run, 0.5)), unit: 'ms', digits: 1 },
      { what: 'p99', values: runs.map((run) => quantile(run, 0.99)), unit: 'ms', digits: 1, goal: { atMost: 100 } },
    ], print);
  });
}

function connected(baseUrl: string, apiKey: string): Promise<Socket> {
  const socket = io(`${baseUrl}/conversations`, { transports: ['websocket'], forceNew: true, auth: { apiKey } });
  return new Promise((resolve, reject) => socket.once('connect', () => resolve(socket)).once('connect_error', reject));
}

async function askRepeatedly(socket: Socket, conversationId: string, times: number): Promise<number[]> {
  const taken: number[] = [];
  await wait(Math.random() * 1000);
  for (let count = 0; count < times; count += 1) {
    const asked = performance.now();
    const answer = await new Promise<{ lastSeq?: number }>((resolve) => socket.emit('follow', { conversationId, after: 0 }, resolve));
    if (answer.lastSeq === undefined) throw new Error(`The socket was refused: ${JSON.stringify(answer)}`);
    taken.push(performance.now() - asked);
    await wait(1000);
  }
  return taken;
}
