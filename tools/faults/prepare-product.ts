import { setTimeout as wait } from 'node:timers/promises';
import { HandoverSettings } from '@docent/contracts';
import type { MemberAccount } from './member-session';
import { harbourText } from './scripted-knowledge';

export interface PreparedProduct {
  apiKey: string;
  botIds: string[];
  /** Who may sign in to the workspace. */
  member: MemberAccount;
}

/** People come where visitors ask for one and at no other time; whoever is gone is missed soon. */
const people = HandoverSettings.parse({ enabled: true, unansweredLimit: null, waitAtMostSeconds: 60, agentAwaySeconds: 20, fallback: 'bot' });

/** A workspace with an API key and bots that know the harbour, made over the product's own API. */
export async function prepareProduct(url: string, bots: number): Promise<PreparedProduct> {
  const owner = { email: 'faults@example.com', password: 'a quiet lighthouse at noon', name: 'Faults', workspaceName: 'Harbour' };
  const signedUp = await ask(url, 'POST', '/v1/auth/sign-up', owner, { origin: url });
  const cookie = signedUp.headers.getSetCookie().map((text) => text.split(';')[0]).join('; ');
  const { workspaces } = (await signedUp.json()) as { workspaces: { id: string }[] };
  const session = { cookie, origin: url, 'docent-workspace': workspaces[0]!.id };
  const scopes = ['chat', 'bots:read', 'bots:write', 'knowledge:read', 'knowledge:write', 'conversations:read'];
  const { secret } = (await (await ask(url, 'POST', '/v1/api-keys', { name: 'Faults', scopes }, session)).json()) as { secret: string };
  const key = { authorization: `Bearer ${secret}` };
  const botIds: string[] = [];
  for (let index = 0; index < bots; index++) {
    const { id } = (await (await ask(url, 'POST', '/v1/bots', { name: `Harbour ${index + 1}`, allowedOrigins: ['https://shop.example'] }, key)).json()) as { id: string };
    const source = (await (await ask(url, 'POST', `/v1/bots/${id}/sources`, { type: 'text', name: 'Fees', text: harbourText() }, key)).json()) as { id: string };
    await untilReady(url, source.id, key);
    await ask(url, 'PUT', `/v1/bots/${id}/handover-settings`, people, key);
    botIds.push(id);
  }
  return { apiKey: secret, botIds, member: { email: owner.email, password: owner.password } };
}

async function untilReady(url: string, sourceId: string, key: Record<string, string>): Promise<void> {
  for (;;) {
    const { status } = (await (await ask(url, 'GET', `/v1/sources/${sourceId}`, undefined, key)).json()) as { status: string };
    if (status === 'ready') return;
    if (status === 'failed') throw new Error('The knowledge could not be read');
    await wait(50);
  }
}

async function ask(url: string, method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Response> {
  const response = await fetch(url + path, { method, headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, body: body === undefined ? null : JSON.stringify(body) });
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  return response;
}
