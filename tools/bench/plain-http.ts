import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';

/** Connections stay open, as browsers' do. */
const agent = new Agent({ keepAlive: true, maxSockets: Infinity });

export interface PlainRequest {
  method: 'GET' | 'POST' | 'PATCH';
  url: string;
  headers?: Record<string, string>;
  body?: unknown;
  signal?: AbortSignal;
}

/** An HTTP request with as little as possible between the clock and the wire. Rejects on a status of 400 or more, with the body's beginning. */
export async function send({ method, url, headers, body, signal }: PlainRequest): Promise<IncomingMessage> {
  const payload = body === undefined ? undefined : JSON.stringify(body);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const content =
      payload === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(payload)) };
    const outgoing = httpRequest(url, { method, agent, headers: { ...content, ...headers }, signal }, resolve);
    outgoing.on('error', reject).setNoDelay(true);
    outgoing.end(payload);
  });
  if ((response.statusCode ?? 500) >= 400)
    throw new Error(`${method} ${url} answered ${response.statusCode}: ${(await readText(response)).slice(0, 300)}`);
  return response;
}

export async function sendForJson(request: PlainRequest): Promise<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(JSON.parse(await readText(await send(request))) as object));
}

/** Server-sent events as they arrive, and when they did (`performance.now()`). */
export async function* readEvents(response: IncomingMessage): AsyncGenerator<{ type: string; data: string; at: number }> {
  let pending = '';
  response.setEncoding('utf8');
  for await (const text of response) {
    const at = performance.now();
    pending += String(text);
    const blocks = pending.split('\n\n');
    pending = blocks.pop() ?? '';
    for (const block of blocks) yield { type: fieldOf(block, 'event'), data: fieldOf(block, 'data'), at };
  }
}

const fieldOf = (block: string, name: string) =>
  block
    .split('\n')
    .find((line) => line.startsWith(`${name}:`))
    ?.slice(name.length + 1)
    .trim() ?? '';

/** The whole body of a request or an answer. */
export async function readText(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(Buffer.from(part as Uint8Array));
  return Buffer.concat(parts).toString('utf8');
}
