import { isDeepStrictEqual } from 'node:util';
import type { ConversationEvent } from '@docent/contracts';
import { checkAgent, checkWriters } from './check-floor';
import type { ClientHistory, ReaderLog, SeenEvent, ShownEntry, StoredConversation, Violation } from './history';

export type Find = (kind: Violation['kind'], what: string) => void;

/**
 * What the database holds against what was promised, alone and beside what clients saw of it: nothing acknowledged lost, nothing
 * doubled, order kept, no gap, texts equal everywhere, one settled attempt and one charge for each answer, nothing left open.
 * `calls`: how often the model was asked to answer each question, by the question's text; null where nobody counted. Pure; one line for
 * each broken promise.
 */
export function checkHistory(stored: StoredConversation, clients: ClientHistory[] = [], calls: ReadonlyMap<string, number> | null = null): Violation[] {
  const found: Violation[] = [];
  const find: Find = (kind, what) => found.push({ kind, conversationId: stored.id, what });
  checkNumbers(stored, find);
  checkTurns(stored, find);
  checkTexts(stored, find);
  checkWriters(stored, find);
  checkLedger(stored, find);
  if (calls) checkCalls(stored, calls, find);
  for (const client of clients) {
    checkSent(stored, client, find);
    for (const reader of client.readers) checkReader(stored, reader, find);
    for (const agent of client.agents) checkAgent(stored, agent, find);
    for (const { who, entries } of client.screens) checkScreen(stored, who, entries, find);
    for (const complaint of client.complaints) find('complaint', complaint);
  }
  return found;
}

function checkNumbers({ events, lastSeq }: StoredConversation, find: Find): void {
  events.forEach(({ seq }, index) => seq !== index + 1 && find('gap', `event ${index + 1} has the number ${seq}`));
  if (lastSeq !== events.length) find('gap', `the conversation counts ${lastSeq} events and holds ${events.length}`);
}

/** Of each turn: one question, one beginning, one end, and nothing after it. */
function checkTurns({ events, turns }: StoredConversation, find: Find): void {
  const messageIds = new Set<string>();
  for (const event of events) {
    if (event.type !== 'message') continue;
    const { clientMessageId } = event.data as { clientMessageId: string | null };
    if (clientMessageId !== null && messageIds.has(clientMessageId)) find('doubled', `message ${clientMessageId} stands twice in the log`);
    if (clientMessageId !== null) messageIds.add(clientMessageId);
  }
  for (const turn of turns) {
    const own = events.filter((event) => event.turnId === turn.id);
    const count = (type: ConversationEvent['type']) => own.filter((event) => event.type === type).length;
    const ends = count('answer.completed') + count('answer.failed');
    const question = events[turn.messageSeq - 1];
    // What was said to a person stands in the log without a turn. Nobody answers it but they, until they leave it to the bot.
    const wasRelayed = question?.type === 'message' && question.turnId === null;
    if (count('message') !== (wasRelayed ? 0 : 1)) find('doubled', `turn ${turn.id} has ${count('message')} questions`);
    if (turn.status === 'relayed') {
      if (own.length > 0) find('doubled', `turn ${turn.id} was said to a person, and the bot answered it`);
      continue;
    }
    if (count('answer.started') !== 1) find('doubled', `turn ${turn.id} was begun ${count('answer.started')} times`);
    if (turn.status === 'running') find('open', `turn ${turn.id} is still running`);
    else if (ends !== 1) find(ends === 0 ? 'lost' : 'doubled', `turn ${turn.id} has ${ends} ends`);
    else if (!own.at(-1)!.type.match(/^answer\.(completed|failed)$/)) find('order', `turn ${turn.id} goes on after its end`);
    // That a closed conversation is opened again by the question stands before it.
    const first = own.find((event) => event.type !== 'handover');
    if (first && !wasRelayed && (first.type !== 'message' || first.seq !== turn.messageSeq)) find('order', `turn ${turn.id} does not begin with its question`);
    if (!messageIds.has(turn.clientMessageId)) find('lost', `the question of turn ${turn.id} is not in the log`);
  }
}

function checkTexts({ events, turns }: StoredConversation, find: Find): void {
  for (const { id } of turns) {
    const own = events.filter((event) => event.turnId === id);
    const end = own.find((event) => event.type === 'answer.completed');
    const text = assemble(own).get(id)?.pieces ?? '';
    if (end && (end.data as { text: string }).text !== text) find('text', `turn ${id}: the pieces are not the answer`);
    for (const restart of own.filter((event) => event.type === 'answer.restarted')) {
      const first = own.find((event) => event.type === 'answer.delta')?.seq;
      if ((restart.data as { fromSeq: number }).fromSeq !== first) find('text', `turn ${id}: the restart at ${restart.seq} does not name the first piece`);
    }
  }
}

/** One settled attempt and one charge for an answer that was given; none for one that was not. */
function checkLedger({ turns, attempts, charges, events }: StoredConversation, find: Find): void {
  for (const turn of turns) {
    if (turn.status === 'running' || turn.status === 'relayed') continue;
    const isLimited = turn.errorCode === 'limit_reached';
    const own = attempts.filter(({ turnId }) => turnId === turn.id);
    const settled = own.filter(({ outcome }) => outcome === 'settled');
    const given = turn.status === 'completed' && !isLimited && !isEndedInSilence(events, turn.id);
    if (settled.length !== (given ? 1 : 0)) find('attempt', `turn ${turn.id} (${turn.status}) has ${settled.length} settled attempts`);
    if (given && settled[0] && settled[0].fence !== turn.fence) find('attempt', `turn ${turn.id} was settled by an attempt that had lost it`);
    if (own.length !== (isLimited ? 0 : turn.attempts)) find('attempt', `turn ${turn.id} had ${turn.attempts} attempts, and ${own.length} are written down`);
    const states = charges.filter(({ turnId }) => turnId === turn.id).map(({ state }) => state);
    const expected = isLimited ? [] : [given ? 'settled' : 'released'];
    if (states.includes('reserved')) find('open', `turn ${turn.id} is closed and its message still reserved`);
    else if (!isDeepStrictEqual(states, expected)) find('charge', `turn ${turn.id} (${turn.status}) was charged: ${states.join(', ') || 'nothing'}`);
  }
}

/** Each attempt asks the model once at most, the settled one did ask it, and nobody asks it what was said to a person. */
function checkCalls({ turns, attempts, events }: StoredConversation, calls: ReadonlyMap<string, number>, find: Find): void {
  for (const turn of turns) {
    const question = events[turn.messageSeq - 1];
    if (turn.status === 'running' || question?.type !== 'message') continue;
    const asked = calls.get((question.data as { text: string }).text) ?? 0;
    const allowed = turn.status === 'relayed' ? 0 : turn.attempts;
    if (asked > allowed) find('call', `turn ${turn.id} (${turn.status}): the model was asked ${asked} times in ${allowed} attempts`);
    const isSettledByModel = attempts.some(({ turnId, outcome, model }) => turnId === turn.id && outcome === 'settled' && model !== null && model !== 'none');
    if (isSettledByModel && asked === 0) find('call', `turn ${turn.id}: an answer of the model was settled, and it was never asked`);
  }
}

/** A person took over, or the visitor stopped it, before the bot had said anything: that costs nothing. */
function isEndedInSilence(events: StoredConversation['events'], turnId: string): boolean {
  const end = events.find((event) => event.turnId === turnId && event.type === 'answer.completed');
  const { finishReason, text } = (end?.data ?? {}) as { finishReason?: string; text?: string };
  return (finishReason === 'handed_over' || finishReason === 'stopped_by_visitor') && text === '';
}

function checkSent({ events, turns }: StoredConversation, { sent }: ClientHistory, find: Find): void {
  const seqs: number[] = [];
  for (const { clientMessageId, text, acknowledged } of sent) {
    const event = events.find(({ type, data }) => type === 'message' && (data as { clientMessageId: string | null }).clientMessageId === clientMessageId);
    if (event) seqs.push(event.seq);
    if (event && (event.data as { text: string }).text !== text) find('lost', `message ${clientMessageId} stands there with other words`);
    if (!acknowledged) continue;
    if (!event) find('lost', `message ${clientMessageId} was acknowledged and is not in the log`);
    else if (event.seq !== acknowledged.seq || (event.turnId !== null && event.turnId !== acknowledged.turnId)) find('lost', `message ${clientMessageId} was acknowledged as ${acknowledged.seq} and stands at ${event.seq}`);
    if (!turns.some(({ id }) => id === acknowledged.turnId)) find('lost', `turn ${acknowledged.turnId} was acknowledged and is gone`);
  }
  if (seqs.some((seq, index) => index > 0 && seq <= seqs[index - 1]!)) find('order', 'the messages of one sender do not stand in their order');
}

/** Each connection: what follows its starting point, without gap or repetition, and exactly as it is stored. */
function checkReader({ events }: StoredConversation, { who, readings }: ReaderLog, find: Find): void {
  for (const { after, events: seen } of readings) {
    seen.forEach(({ seq, type, data }, index) => {
      if (seq !== after + index + 1) find('reader', `${who} asked after ${after} and got ${seq} as number ${index + 1}`);
      const stored = events[seq - 1];
      if (!stored || stored.type !== type || !isDeepStrictEqual(stored.data, data)) find('reader', `${who} was shown an event ${seq} that is not the stored one`);
    });
  }
}

function checkScreen(stored: StoredConversation, who: string, entries: ShownEntry[], find: Find): void {
  const expected = screenOf(stored.events);
  const shown = entries.map(({ role, text, status }) => (role === 'assistant' ? { role, text, status } : { role, text }));
  const at = expected.findIndex((entry, index) => !isDeepStrictEqual(entry, shown[index]));
  if (at >= 0) find('screen', `${who} shows ${JSON.stringify(shown[at])?.slice(0, 300)} where the log says ${JSON.stringify(expected[at])?.slice(0, 300)}`);
  else if (shown.length > expected.length) find('screen', `${who} shows ${shown.length - expected.length} entries that are not in the log`);
}

interface AssembledAnswer {
  /** Of the pieces alone. */
  pieces: string;
  text: string;
  status: 'running' | 'completed' | 'failed';
}

/** Answers put together from the log by a reader of its own, apart from the product's. */
function assemble(events: SeenEvent[]): Map<string, AssembledAnswer> {
  const answers = new Map<string, AssembledAnswer>();
  for (const event of events) {
    if (!event.type.startsWith('answer.')) continue;
    const { turnId, text = '' } = event.data as { turnId: string; text?: string };
    const answer = answers.get(turnId) ?? { pieces: '', text: '', status: 'running' };
    answers.set(turnId, answer);
    if (event.type === 'answer.delta') answer.text = answer.pieces += text;
    if (event.type === 'answer.restarted') answer.text = answer.pieces = '';
    if (event.type === 'answer.completed') Object.assign(answer, { text, status: 'completed' });
    if (event.type === 'answer.failed') answer.status = 'failed';
  }
  return answers;
}

/** What everybody must see in the end. */
export function screenOf(events: SeenEvent[]): ShownEntry[] {
  const answers = assemble(events);
  return events.flatMap((event): ShownEntry[] => {
    const { role, text, turnId } = event.data as { role?: string; text?: string; turnId?: string };
    if (event.type === 'message' && role !== 'system') return [{ role: role!, text: text! }];
    if (event.type !== 'answer.started') return [];
    const answer = answers.get(turnId!)!;
    return [{ role: 'assistant', text: answer.text, status: answer.status }];
  });
}
