import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { BrowserPage } from './browser-page';
import type { ClientHistory, ShownEntry } from './history';
import type { SeededRandom } from '../seeded-random';

/** The real widget's client, as far as it is used here. It is loaded by path, because its types are a browser's. */
export interface WidgetClient {
  state: { entries: { role: string; text: string; status?: string; seq?: number; turnId?: string | null }[]; outbox: { id: string; text: string; seq?: number; refused?: boolean }[]; offline: boolean; error: string };
  open(): void;
  close(): void;
  send(text: string): void;
}

type WidgetClientClass = new (base: string, botId: string, onChange: () => void) => WidgetClient;

export async function loadWidgetClient(): Promise<WidgetClientClass> {
  const file = join(import.meta.dirname, '../../apps/widget/src/chat-client.ts');
  return ((await import(/* @vite-ignore */ file)) as { ChatClient: WidgetClientClass }).ChatClient;
}

export interface WidgetVisitorOptions {
  /** Of the fault proxy. */
  url: string;
  botId: string;
  random: SeededRandom;
  questions: string[];
  ChatClient: WidgetClientClass;
}

const tick = 25;

/** A visitor in a browser: types several questions at once, reloads now and then, and watches the screen. */
export async function visitWithWidget({ url, botId, random, questions, ChatClient }: WidgetVisitorOptions): Promise<ClientHistory> {
  const page = new BrowserPage();
  const history: ClientHistory = { conversationId: '', sent: [], readers: [], agents: [], screens: [], complaints: [] };
  const whole = new Map<string, string>();
  const open = () =>
    page.run(() => {
      const holder: { client?: WidgetClient } = {};
      holder.client = new ChatClient(url, botId, () => watch(holder.client, whole, history));
      holder.client.open();
      return holder.client;
    });
  let client = open();
  for (const text of questions) {
    page.run(() => client.send(text));
    const added = client.state.outbox.find((waiting) => waiting.text === text);
    history.sent.push({ clientMessageId: added?.id ?? `lost at once: ${text}`, text, acknowledged: null });
    // Often the next question is typed before the answer to this one has come.
    while (!random.chance(0.05) && !isQuiet(client)) {
      await wait(tick);
      if (random.chance(0.004)) {
        client.close();
        client = open();
      }
      if (random.chance(0.004)) page.dispatch(new Event('online'));
    }
  }
  while (!isQuiet(client) || client.state.entries.length < questions.length * 2) await wait(tick);
  client.close();
  history.screens.push({ who: 'widget', entries: shown(client) });
  history.conversationId = conversationOf(page);
  return history;
}

const isQuiet = (client: WidgetClient) => client.state.outbox.length === 0 && !client.state.entries.some(({ status }) => status === 'running');
const shown = (client: WidgetClient): ShownEntry[] => client.state.entries.map(({ role, text, status }) => ({ role, text, ...(status ? { status } : {}) }));

/** What was whole on the screen never changes again, and no question stands there twice. */
function watch(client: WidgetClient | undefined, whole: Map<string, string>, history: ClientHistory): void {
  if (!client) return;
  const questions = client.state.entries.filter(({ role }) => role === 'visitor').map(({ text }) => text);
  if (new Set(questions).size !== questions.length) history.complaints.push('the widget shows a question twice');
  for (const { role, turnId, status, text } of client.state.entries) {
    if (role !== 'assistant' || !turnId || status !== 'completed') continue;
    if ((whole.get(turnId) ?? text) !== text) history.complaints.push(`the widget changed an answer that was whole: ${turnId}`);
    whole.set(turnId, text);
  }
}

function conversationOf(page: BrowserPage): string {
  for (const saved of page.storage.values()) {
    const { conversationId } = JSON.parse(saved) as { conversationId?: string };
    if (conversationId) return conversationId;
  }
  return '';
}
