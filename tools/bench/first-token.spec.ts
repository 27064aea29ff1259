import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { startScriptedModel } from '../scripted-model';
import { benchFirstToken, printFirstToken } from './first-token';

/** Speaks just enough of the public API to be asked: a conversation, its events, messages that are answered. */
async function startStandIn() {
  const followers = new Map<string, ServerResponse>();
  const asked: string[] = [];
  const server = createServer((request, response) => void route(request, response));
  async function route(request: IncomingMessage, response: ServerResponse) {
    let body = '';
    for await (const part of request) body += String(part);
    const [, , , id = ''] = (request.url ?? '').split('/').slice(0, 4);
    if (request.url?.endsWith('/conversations'))
      return void response.writeHead(201).end(JSON.stringify({ id: `c${followers.size}-${asked.length}-${Math.random()}` }));
    if (request.url?.endsWith('/events'))
      return void (followers.set(id, response), response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders());
    asked.push(body);
    response.writeHead(202).end('{"turnId":"t","seq":1}');
    const follower = followers.get(id);
    for (const type of ['message', 'answer.started', 'answer.delta', 'answer.delta', 'answer.completed'])
      follower?.write(`id: 1\nevent: ${type}\ndata: {}\n\n`);
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    asked,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => (server.closeAllConnections(), server.close()),
  };
}

it('asks model, proxy, log and product the same number of times and reports them all', async () => {
  const model = await startScriptedModel();
  model.reply({ kind: 'pieces', pieces: ['One ', 'two.'] });
  const [product, log] = [await startStandIn(), await startStandIn()];
  const rows = await benchFirstToken({
    product: { baseUrl: product.url, apiKey: 'k', botId: 'b' },
    modelUrl: model.url,
    logUrl: log.url,
    questions: ['A?', 'B?'],
    streams: 3,
    turnsPerStream: 2,
    runs: 2,
    pauseMs: 1,
  });
  expect(rows.map(({ what, asked }) => [what, asked])).toEqual([
    ['the model itself', 12],
    ['plain proxy', 12],
    ['plain log', 12],
    ['own share of a plain log', 12],
    ['product', 12],
    ['own share of the product', 12],
  ]);
  expect(rows.filter(({ what }) => !what.startsWith('own')).every(({ p50, p99 }) => p50 > 0 && p99 >= p50)).toBe(true);
  expect([product.asked.length, log.asked.length]).toEqual([18, 18]);
  expect(model.requests).toHaveLength(36);
  expect(printFirstToken(rows)).toContain('own share');
  product.close();
  log.close();
  await model.close();
});
