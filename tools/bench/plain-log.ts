import { randomUUID } from 'node:crypto';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { readText } from './plain-http';

/**
 * The yardstick for what is promised about an answer: the question is committed before the model is asked, each piece before it is shown.
 * Nothing else is done: no tenants, keys, limits, leases, search, prompt or citations. It speaks as much of the public API as
 * `askProduct` needs. `databaseUrl` names an empty database that may be written to.
 */
export async function startPlainLog(target: string, databaseUrl: string): Promise<{ url: string; close(): Promise<void> }> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
  await pool.query('CREATE TABLE log (conversation_id uuid, seq bigint GENERATED ALWAYS AS IDENTITY, type text, payload jsonb, PRIMARY KEY (conversation_id, seq))');
  const followers = new Map<string, ServerResponse>();

  const store = (conversationId: string, type: string, payload: unknown) =>
    pool.query({ name: 'store', text: 'INSERT INTO log (conversation_id, type, payload) VALUES ($1, $2, $3)', values: [conversationId, type, JSON.stringify(payload)] });

  const tell = async (conversationId: string, type: string, payload: unknown) => {
    await store(conversationId, type, payload);
    followers.get(conversationId)?.write(`event: ${type}\ndata: ${JSON.stringify(payload)}\n\n`);
  };

  async function answer(conversationId: string, text: string) {
    let told = Promise.resolve();
    for await (const piece of askForPieces(target, text)) told = told.then(() => tell(conversationId, 'answer.delta', { text: piece }));
    await told;
    await tell(conversationId, 'answer.completed', {});
  }

  const server = createServer((incoming, outgoing) => void route(incoming, outgoing));
  async function route(incoming: IncomingMessage, outgoing: ServerResponse) {
    const [, , , conversationId = '', what] = (incoming.url ?? '').split('/');
    if (what === 'conversations') return void outgoing.writeHead(201).end(JSON.stringify({ id: randomUUID() }));
    if (what === 'events') return void (followers.set(conversationId, outgoing), outgoing.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders());
    const { text } = JSON.parse(await readText(incoming)) as { text: string };
    await store(conversationId, 'message', { text });
    outgoing.writeHead(202).end('{"turnId":"plain","seq":1}');
    await answer(conversationId, text);
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await pool.end();
    },
  };
}

async function* askForPieces(target: string, question: string): AsyncGenerator<string> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = request(`${target}/v1/chat/completions`, { method: 'POST', headers: { 'content-type': 'application/json' } }, resolve);
    outgoing.on('error', reject).end(JSON.stringify({ model: 'scripted', stream: true, messages: [{ role: 'user', content: question }] }));
  });
  let pending = '';
  for await (const part of response.setEncoding('utf8')) {
    const lines = (pending + String(part)).split('\n');
    pending = lines.pop()!;
    for (const line of lines) {
      if (!line.startsWith('data: {')) continue;
      const text = (JSON.parse(line.slice(6)) as { choices: { delta?: { content?: string } }[] }).choices[0]?.delta?.content;
      if (text) yield text;
    }
  }
}
