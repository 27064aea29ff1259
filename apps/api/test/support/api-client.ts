import { routes, type CallOf, type ConversationEvent, type Route } from '@docent/contracts';
import { assertDeclared } from './declared-errors';

export interface Answer<T = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: T;
}

/** How a caller presents itself. */
export interface As {
  key?: string;
  visitor?: string;
  cookies?: string;
  workspaceId?: string;
  origin?: string;
}

type Parts<R extends Route> = Partial<CallOf<R>>;

/** Calls a route of the contract over HTTP; a successful JSON answer is parsed by the route's own schema, so that no answer can drift from it. */
export async function call<R extends Route>(url: string, route: R, parts: Parts<R> = {}, as: As = {}): Promise<Answer<never>> {
  const answer = await request(url, route.method, fill(route.path, parts.params, parts.query), parts.body, as);
  if (answer.status === route.status && route.response) route.response.parse(answer.body);
  return answer as Answer<never>;
}

export async function request(url: string, method: string, path: string, body?: unknown, as: As = {}): Promise<Answer> {
  const isForm = body instanceof FormData;
  const response = await fetch(url + path, {
    method,
    headers: { ...headersOf(url, as), ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? undefined : isForm ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('application/json');
  const answer = { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : { text } };
  assertDeclared(method, path, answer.body);
  return answer;
}

export function headersOf(url: string, as: As): Record<string, string> {
  const bearer = as.key ?? as.visitor;
  return {
    ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
    ...(as.cookies ? { cookie: as.cookies, origin: as.origin ?? url } : as.origin ? { origin: as.origin } : {}),
    ...(as.workspaceId ? { 'docent-workspace': as.workspaceId } : {}),
  };
}

function fill(path: string, params: unknown = {}, query: unknown = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String((params as Record<string, unknown>)[name])));
  const search = new URLSearchParams(Object.entries(query as Record<string, unknown>).map(([name, value]): [string, string] => [name, String(value)])).toString();
  return search ? `${filled}?${search}` : filled;
}

export interface Workspace {
  cookies: string;
  workspaceId: string;
  personId: string;
  email: string;
  password: string;
  as: As;
}

let accounts = 0;

/** A new account with its workspace, signed in. */
export async function aWorkspace(url: string): Promise<Workspace> {
  const email = `owner-${Date.now()}-${(accounts += 1)}@example.com`;
  const password = 'a quiet lighthouse at noon';
  const answer = await request(url, 'POST', routes.signUp.path, { email, password, name: 'Owner', workspaceName: 'Lighthouse' }, { origin: url });
  if (answer.status !== 201) throw new Error(`sign-up answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  const me = answer.body as { person: { id: string }; workspaces: { id: string }[] };
  const cookies = cookiesOf(answer.headers);
  const workspaceId = me.workspaces[0]!.id;
  return { cookies, workspaceId, personId: me.person.id, email, password, as: { cookies, workspaceId } };
}

export function cookiesOf(headers: Headers): string {
  return headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ');
}

export async function aBot(url: string, as: As, fields: Record<string, unknown> = {}): Promise<string> {
  const answer = await request(url, 'POST', '/v1/bots', { name: 'Guide', ...fields }, as);
  if (answer.status !== 201) throw new Error(`creating a bot answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body.id as string;
}

export async function anApiKey(url: string, as: As, scopes: string[] = ['chat', 'bots:read', 'bots:write', 'knowledge:read', 'knowledge:write', 'conversations:read']): Promise<string> {
  const answer = await request(url, 'POST', '/v1/api-keys', { name: 'Test', scopes }, as);
  return answer.body.secret as string;
}

/** Adds a source (`{file, name}` is uploaded, anything else goes as JSON) and waits until it is ready or failed. */
export async function addSource(url: string, botId: string, given: Record<string, unknown>, as: As): Promise<Record<string, unknown>> {
  const body = given.file instanceof Uint8Array ? formOf(new Uint8Array(given.file), String(given.name)) : given;
  const answer = await request(url, 'POST', `/v1/bots/${botId}/sources`, body, as);
  if (answer.status !== 202) return { ...answer.body, httpStatus: answer.status };
  return settled(url, answer.body.id as string, as);
}

function formOf(content: Uint8Array<ArrayBuffer>, name: string): FormData {
  const form = new FormData();
  form.set('file', new Blob([content]), name);
  return form;
}

async function settled(url: string, sourceId: string, as: As): Promise<Record<string, unknown>> {
  for (;;) {
    const { body } = await request(url, 'GET', `/v1/sources/${sourceId}`, undefined, as);
    if (body.status === 'ready' || body.status === 'failed') return body;
    await new Promise((tick) => setTimeout(tick, 30));
  }
}

/** Reads a conversation's events from `after` until `until` says so; the reader then leaves. */
export async function readEvents(url: string, conversationId: string, as: As, until: (event: ConversationEvent) => boolean, after = 0): Promise<ConversationEvent[]> {
  const leaving = new AbortController();
  const response = await fetch(`${url}/v1/conversations/${conversationId}/events?after=${after}`, { headers: headersOf(url, as), signal: leaving.signal });
  if (!response.ok || !response.body) throw new Error(`the events answered ${response.status}`);
  const events: ConversationEvent[] = [];
  let rest = '';
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + piece).split('\n\n');
    rest = blocks.pop()!;
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
      if (!fields.event) continue;
      const event = { seq: Number(fields.id), type: fields.event, at: '', data: JSON.parse(fields.data!) } as ConversationEvent;
      events.push(event);
      if (until(event)) {
        leaving.abort();
        return events;
      }
    }
  }
  throw new Error('the event stream ended early');
}

export const answerEnds = (event: ConversationEvent): boolean => event.type === 'answer.completed' || event.type === 'answer.failed';

/** Asks in a new conversation and returns all of its events up to the answer's end. */
export async function ask(url: string, botId: string, question: string, as: As): Promise<{ conversationId: string; turnId: string; events: ConversationEvent[] }> {
  const conversation = await request(url, 'POST', `/v1/bots/${botId}/conversations`, {}, as);
  const conversationId = conversation.body.id as string;
  const turn = await request(url, 'POST', `/v1/conversations/${conversationId}/messages`, { clientMessageId: 'first', text: question }, as);
  if (turn.status !== 202) throw new Error(`asking answered ${turn.status}: ${JSON.stringify(turn.body)}`);
  return { conversationId, turnId: turn.body.turnId as string, events: await readEvents(url, conversationId, as, answerEnds) };
}
