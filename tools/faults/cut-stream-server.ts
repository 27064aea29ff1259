import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ConversationEvent } from '@docent/contracts';

/** How a stream ends too early: properly, as proxies end it, or in the middle of a chunk, as a line that breaks. */
export type Ending = 'ends' | 'breaks';

/**
 * Serves one conversation's log as the product does, to any number of widgets. The first stream of each widget ends after exactly as
 * many bytes as its bot's id says; the ones after it are whole.
 */
export class CutStreamServer {
  private readonly server: Server;
  private readonly seenBots = new Set<string>();

  private constructor(private readonly log: ConversationEvent[]) {
    this.server = createServer((request, response) => this.answer(request, response));
  }

  static async start(log: ConversationEvent[]): Promise<CutStreamServer> {
    const server = new CutStreamServer(log);
    await new Promise<void>((resolve) => server.server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The bytes of the whole stream. */
  get bytes(): Buffer {
    return this.streamAfter(0);
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    request.resume();
    const { pathname, searchParams } = new URL(request.url!, 'http://docent');
    const after = Number(searchParams.get('after') ?? 0);
    if (pathname === '/v1/visitor-sessions') return json(response, 201, { token: 'token', expiresAt: new Date(Date.now() + 3_600_000).toISOString(), bot: { id: 'bot', name: 'Guide', widget: {} } });
    const [, botId, rest] = /^\/v1\/conversations\/([^/]+)(.*)$/.exec(pathname) ?? [];
    if (!botId) return json(response, 404, { error: { code: 'not_found', message: 'no such path' } });
    if (rest === '/events/next') return json(response, 200, { events: this.log.filter(({ seq }) => seq > after), lastSeq: this.log.length, presence: [], marks: '0.0' });
    if (rest === '/events') return this.stream(response, botId, this.streamAfter(after));
    if (rest === '') return json(response, 200, { id: botId, botId, state: 'bot', lastSeq: 0, transcript: [] });
    return json(response, 200, { ok: true });
  }

  private stream(response: ServerResponse, botId: string, bytes: Buffer): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const [ending, offset] = botId.split('-') as [Ending, string];
    if (this.seenBots.has(botId)) return void response.write(bytes);
    this.seenBots.add(botId);
    response.write(bytes.subarray(0, Number(offset)), () => (ending === 'ends' ? response.end() : response.destroy()));
  }

  private streamAfter(after: number): Buffer {
    const events = this.log.filter(({ seq }) => seq > after).map(({ seq, type, data }) => `id: ${seq}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
    return Buffer.from(`: connected\n\n${events.join(': ping\n\n')}`);
  }
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
