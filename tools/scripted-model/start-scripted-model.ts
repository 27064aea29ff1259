import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { anthropicProtocol } from './anthropic-protocol';
import { geminiProtocol } from './gemini-protocol';
import { openAiProtocol } from './openai-protocol';
import { playScript } from './play-script';
import { asRecord, type Protocol } from './protocol';
import type { RecordedRequest, Script } from './script';
import { scriptedEmbeddings } from './scripted-embeddings';
import { ScriptedOllama } from './scripted-ollama';

export interface ScriptedModel {
  /** Without a path: OpenAI clients take `${url}/v1`, Anthropic and Google clients `url`. */
  url: string;
  requests: RecordedRequest[];
  /** What `/api/tags` and `/api/embed` answer from, as an Ollama server does at `url`. */
  ollama: ScriptedOllama;
  /** The next requests follow these scripts in order; the last one stays. Without any: helpful again. */
  reply(...scripts: Script[]): void;
  close(): Promise<void>;
}

/**
 * A model server on loopback that does what a script says, over real HTTP: OpenAI chat completions and embeddings,
 * Anthropic Messages and Google Gemini, streaming and not; and Ollama's own embeddings.
 */
export async function startScriptedModel(options: { port?: number } = {}): Promise<ScriptedModel> {
  const requests: RecordedRequest[] = [];
  let scripts: Script[] = [{ kind: 'helpful' }];
  const ollama = new ScriptedOllama();
  const next = (): Script => (scripts.length > 1 ? scripts.shift() : scripts[0]) ?? { kind: 'helpful' };
  const server = createServer((request, response) => {
    response.socket?.setNoDelay(true);
    response.on('error', () => undefined);
    void answer(request, response, { requests, next, ollama }).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    ollama,
    reply: (...following) => void (scripts = following),
    close: () => close(server),
  };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { requests, next, ollama }: { requests: RecordedRequest[]; next: () => Script; ollama: ScriptedOllama },
): Promise<void> {
  const body = await readBody(request);
  const path = request.url ?? '/';
  const record: RecordedRequest = { method: request.method ?? '', path, headers: headersOf(request), body, aborted: false };
  requests.push(record);
  response.on('close', () => (record.aborted = !response.writableFinished));
  if (path === '/api/tags') return sendJson(response, ollama.list());
  if (request.method === 'GET')
    return sendJson(response, { object: 'list', data: [{ id: 'scripted', object: 'model', created: 1, owned_by: 'tests' }] });
  if (path === '/api/embed') return sendOllama(response, ollama, asRecord(body), next());
  const script = path.endsWith('/embeddings') ? embeddingScript(next()) : next();
  if (path.endsWith('/embeddings') && script.kind === 'helpful') return sendJson(response, scriptedEmbeddings(asRecord(body)));
  const protocol = protocolFor(path);
  if (!protocol)
    return void response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":{"message":"no such path"}}');
  const model = asRecord(body)['model'];
  await playScript(script, {
    response,
    protocol,
    path,
    body: asRecord(body),
    model: typeof model === 'string' ? model : 'scripted',
  });
}

/** Only refusals and stalls make sense for embeddings; anything else answers properly. */
const embeddingScript = (script: Script): Script =>
  ['status', 'stall', 'garbage', 'web_page'].includes(script.kind) ? script : { kind: 'helpful' };

function protocolFor(path: string): Protocol | null {
  if (/\/(chat\/completions|embeddings)$/.test(path)) return openAiProtocol;
  if (/\/messages(\?|$)/.test(path)) return anthropicProtocol;
  return /:(stream)?[gG]enerateContent/.test(path) ? geminiProtocol : null;
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  const text = Buffer.concat(chunks).toString('utf8');
  try {
    return text ? (JSON.parse(text) as unknown) : null;
  } catch {
    return text;
  }
}

function headersOf(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
}

function sendOllama(response: ServerResponse, ollama: ScriptedOllama, body: Record<string, unknown>, script: Script): void {
  if (script.kind === 'stall') return;
  const { status, body: answer, retryAfterSeconds } = ollama.embed(body, script);
  const headers = {
    'content-type': 'application/json',
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
  };
  response.writeHead(status, headers).end(JSON.stringify(answer));
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
