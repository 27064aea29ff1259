import { describe, expect, it } from 'vitest';
import { checkHistory } from './check-history';
import type { ClientHistory, SeenEvent, StoredConversation, Violation } from './history';

interface Held {
  stored: StoredConversation;
  client: ClientHistory;
}

/** Ann takes over, writes twice, is answered in between, and gives the conversation back. */
function aHeldConversation(): Held {
  const stored: StoredConversation = { id: 'conversation', lastSeq: 0, events: [], turns: [], attempts: [], charges: [] };
  const add = (type: SeenEvent['type'], data: object) => stored.events.push({ seq: (stored.lastSeq += 1), type, data, turnId: null, at: new Date(0) } as StoredConversation['events'][number]);
  const ann = { id: 'ann', name: 'Ann' };
  add('handover', { state: 'waiting', agent: null });
  add('handover', { state: 'human', agent: ann });
  add('message', { turnId: null, clientMessageId: 'first', role: 'agent', text: 'Hello', agent: ann });
  add('message', { turnId: null, clientMessageId: 'question', role: 'visitor', text: 'A person?' });
  stored.turns.push({ id: 'turn', clientMessageId: 'question', status: 'relayed', errorCode: null, fence: 1, attempts: 1, messageSeq: 4 });
  add('message', { turnId: null, clientMessageId: 'second', role: 'agent', text: 'Yes', agent: ann });
  add('handover', { state: 'bot', agent: null });
  const events = structuredClone(stored.events).map(({ seq, type, data }) => ({ seq, type, data }) as SeenEvent);
  const sent = [{ clientMessageId: 'first', text: 'Hello', fence: 1, acknowledged: { seq: 3 } }, { clientMessageId: 'second', text: 'Yes', fence: 1, acknowledged: { seq: 5 } }];
  const client: ClientHistory = { conversationId: 'conversation', sent: [], readers: [{ who: 'reader', readings: [{ after: 0, events }] }], agents: [{ agentId: 'ann', sent }], screens: [], complaints: [] };
  return { stored, client };
}

const replyOf = ({ stored }: Held, clientMessageId: string) => stored.events.find(({ data }) => (data as { clientMessageId?: string }).clientMessageId === clientMessageId)!;
/** Puts events in at an index, and numbers all of them anew. */
function put({ stored }: Held, at: number, ...events: Partial<StoredConversation['events'][number]>[]): void {
  stored.events.splice(at, 0, ...(events.map((event) => ({ turnId: null, at: new Date(0), ...event })) as StoredConversation['events']));
  stored.events.forEach((event, index) => (event.seq = index + 1));
  stored.lastSeq = stored.events.length;
}

const corruptions: [string, Violation['kind'], (held: Held) => void][] = [
  ['an acknowledged message of the agent is gone', 'lost', (held) => {
    held.stored.events.splice(4, 1);
    put(held, 0);
  }],
  ['a message of the agent was acknowledged with another number', 'lost', ({ client }) => void (client.agents[0]!.sent[1]!.acknowledged = { seq: 4 })],
  ['a message of the agent stands there with other words', 'lost', (held) => void ((replyOf(held, 'first').data as { text: string }).text = 'Go away')],
  ['a message of the agent stands twice', 'doubled', (held) => put(held, 5, structuredClone(replyOf(held, 'second')))],
  ['two messages of the agent changed places', 'order', ({ client }) => void client.agents[0]!.sent.reverse()],
  ['somebody else writes while the agent holds it', 'writer', (held) => put(held, 4, { type: 'message', data: { turnId: null, clientMessageId: 'other', role: 'agent', text: 'Me too', agent: { id: 'bob', name: 'Bob' } } })],
  ["the agent's message stands there in another name", 'writer', (held) => void ((replyOf(held, 'first').data as { agent: object }).agent = { id: 'bob', name: 'Bob' })],
  ['the bot answers between take-over and hand-back', 'writer', (held) => put(held, 3, { type: 'answer.delta', data: { turnId: 'turn', text: 'I too' } })],
  // The log alone looks right here; only what the agent knows shows that the floor was never theirs to lose.
  ['the bot had the floor between two messages by the same right', 'writer', (held) =>
    put(held, 3, { type: 'handover', data: { state: 'bot', agent: null } as never }, { type: 'handover', data: { state: 'human', agent: { id: 'ann', name: 'Ann' } } as never })],
  ['a reader saw other words of the agent', 'reader', ({ client }) => void ((client.readers[0]!.readings[0]!.events[2]!.data as { text: string }).text = 'Hullo')],
];

describe('the checker of hand-overs', () => {
  it('finds nothing where one person held the conversation', () => {
    const { stored, client } = aHeldConversation();
    expect(checkHistory(stored, [client])).toEqual([]);
  });

  it.each(corruptions)('notices that %s', (_what, kind, corrupt) => {
    const held = aHeldConversation();
    corrupt(held);
    expect(checkHistory(held.stored, [held.client]).map((violation) => violation.kind)).toContain(kind);
  });
});
