import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ProactiveRule, PublicBot } from '@docent/contracts';
import { FakeConversation } from './fake-conversation';
import { json, refuse } from './reply';
import { serveDist } from './serve-dist';
import { servePeople } from './fake-people';

type Handler = (request: IncomingMessage, response: ServerResponse, parts: string[], body: Record<string, string>) => unknown;

/**
 * A real HTTP server that speaks the contract of the chat to a widget, with an answer on a script. The page under test
 * lives on another origin. `down` cuts every connection, as a tunnel does; `hold` stops answers half way.
 */
export class FakeServer {
  /** Every request that came, as `METHOD /path`. */
  requests: string[] = [];
  conversations = new Map<string, FakeConversation>();
  down = false;
  hold = false;
  /** Takes requests and says nothing. */
  deaf = false;
  /** What came as `identity` with visitor sessions. */
  identities: unknown[] = [];
  /** What lies between page and server: `buffering` keeps a stream to itself until its end, `cutting` ends it at once. */
  network: 'good' | 'buffering' | 'cutting' = 'good';
  /** Sent instead of a token when set: the refusal of the next visitor session. */
  refusal: { status: number; code: string; message: string } | undefined;
  /** What was left in forms. */
  leads: Record<string, unknown>[] = [];
  /** Addresses that transcripts were sent to. */
  mails: unknown[] = [];
  /** Files by id. */
  files = new Map<string, { name: string; content: string }>();
  proactive: ProactiveRule[] = [];
  /** How many pages have asked for the messages that show themselves. */
  proactiveAsked = 0;
  bot: PublicBot = {
    id: '00000000-0000-4000-8000-000000000001',
    name: 'Harbour Help',
    branding: true,
    people: { enabled: false, open: false },
    preChatForm: null,
    messageForm: null,
    attachments: false,
    satisfaction: false,
    mailTranscript: false,
    widget: {
      title: '',
      greeting: '',
      colour: '#3b5bdb',
      position: 'right',
      theme: 'auto',
      language: 'auto',
      suggestedQuestions: ['How do I return an item?', 'What does shipping cost?'],
    },
  };
  #tokens = new Map<string, string>();
  #server = createServer((request, response) => void this.#serve(request, response));
  origin = '';

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  async stop() {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Cuts every open connection and refuses new ones until `up`. */
  goDown() {
    this.down = true;
    this.#server.closeAllConnections();
  }

  /** Makes every token given so far expired. */
  expireTokens() {
    this.#tokens.clear();
  }

  get messages() {
    return [...this.conversations.values()]
      .flatMap(({ log }) => log)
      .filter(({ type, data }) => type === 'message' && data.role === 'visitor');
  }

  async #serve(request: IncomingMessage, response: ServerResponse) {
    if (this.down) return request.socket.destroy();
    if (this.deaf) return;
    const path = request.url!.split('?')[0]!;
    if (request.method !== 'OPTIONS') this.requests.push(`${request.method} ${path}`);
    response.setHeader('access-control-allow-origin', request.headers.origin ?? '*');
    response.setHeader('access-control-allow-headers', 'authorization, content-type');
    response.setHeader('access-control-allow-methods', 'GET, POST, PUT, DELETE');
    if (request.method === 'OPTIONS') return response.writeHead(204).end();
    if (!path.startsWith('/v1/')) return serveDist(path, response);
    const parts = path.split('/').slice(2);
    const body = await readJson(request);
    if (parts[2] === 'proactive') {
      this.proactiveAsked += 1;
      return json(response, 200, { items: this.proactive });
    }
    if (parts[0] === 'visitor-sessions') return this.#session(response, body);
    const visitor = this.#tokens.get(request.headers.authorization?.slice(7) ?? '');
    if (!visitor) return refuse(response, 401, 'token_expired', 'The visitor token has expired. Request a new one.');
    return this.#route(request, response, parts, body);
  }

  #session(response: ServerResponse, { token, identity }: Record<string, string>) {
    this.identities.push(identity);
    if (this.refusal) return refuse(response, this.refusal.status, this.refusal.code, this.refusal.message);
    const visitorId = (token && token.split('.')[0]) || randomUUID();
    const fresh = `${visitorId}.${randomUUID()}`;
    this.#tokens.set(fresh, visitorId);
    json(response, 201, {
      token: fresh,
      visitorId,
      expiresAt: new Date(Date.now() + 9e5).toISOString(),
      identified: identity ? true : null,
      bot: this.bot,
    });
  }

  #route: Handler = (request, response, parts, body) => {
    if (parts[2] === 'leads') return (this.leads.push(body), json(response, 201, body));
    if (parts[0] === 'bots') {
      const conversation = new FakeConversation(this);
      this.conversations.set(conversation.id, conversation);
      return json(response, 201, conversation.read());
    }
    if (parts[0] === 'visitor')
      return json(response, 200, {
        items: [...this.conversations.values()].reverse().map((each) => each.read()),
        nextCursor: null,
      });
    const conversation = this.conversations.get(parts[1]!);
    if (!conversation) return refuse(response, 404, 'not_found', 'There is nothing here under this address, or it is not yours.');
    const [, , what, turnId, action, n] = parts;
    if (!what) return json(response, 200, conversation.read());
    if (what === 'events' && turnId === 'next') return this.#next(request, response, conversation);
    if (what === 'events')
      return conversation.follow(response, Number(new URL(request.url!, this.origin).searchParams.get('after')));
    if (what === 'messages') return this.#ask(response, conversation, body);
    if (servePeople(this, conversation, request, response, what, turnId, body)) return;
    if (action === 'stop') conversation.stop(turnId!);
    if (action === 'rating') conversation.rate(turnId!, body.rating as 'up');
    if (action === 'citations') return json(response, 200, conversation.passage(Number(n)));
    return json(response, 200, { ok: true });
  };

  async #next(request: IncomingMessage, response: ServerResponse, conversation: FakeConversation) {
    const query = new URL(request.url!, this.origin).searchParams;
    const found = await conversation.next(Number(query.get('after')), Number(query.get('waitSeconds')) * 1000, parseInt(query.get('marks') || '0'));
    if (!response.destroyed) json(response, 200, found);
  }

  #ask(
    response: ServerResponse,
    conversation: FakeConversation,
    { clientMessageId, text, attachmentIds }: Record<string, string>,
  ) {
    const files = ((attachmentIds ?? []) as string[]).map((id) => ({
      id,
      name: this.files.get(id)!.name,
      mediaType: 'image/png',
      sizeBytes: this.files.get(id)!.content.length,
    }));
    const turn = conversation.ask(clientMessageId!, text!, files);
    if (turn) json(response, 202, turn);
    else refuse(response, 409, 'turn_running', 'The bot is still answering. Wait for the answer, or stop it.');
  }
}

async function readJson(request: IncomingMessage): Promise<Record<string, string>> {
  let text = '';
  for await (const chunk of request) text += chunk;
  if (request.headers['content-type']?.startsWith('multipart/')) return { multipart: text };
  return text ? JSON.parse(text) : {};
}
