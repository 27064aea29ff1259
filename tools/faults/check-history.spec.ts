import { describe, expect, it } from 'vitest';
import { checkHistory, screenOf } from './check-history';
import type { ClientHistory, SeenEvent, StoredConversation, Violation } from './history';
import { SeededRandom } from '../seeded-random';

/** A conversation of some questions as the product stores it, some of them taken over, and what clients saw of it. */
function aHistory(random: SeededRandom): { stored: StoredConversation; client: ClientHistory; calls: Map<string, number> } {
  const stored: StoredConversation = { id: 'conversation', lastSeq: 0, events: [], turns: [], attempts: [], charges: [] };
  const client: ClientHistory = { conversationId: 'conversation', sent: [], readers: [], agents: [], screens: [], complaints: [] };
  const calls = new Map<string, number>();
  const add = (type: SeenEvent['type'], turnId: string, data: object) => {
    stored.events.push({ seq: (stored.lastSeq += 1), type, data: { turnId, ...data }, turnId, at: new Date(0) } as StoredConversation['events'][number]);
    return stored.lastSeq;
  };
  for (let number = 0; number < 4; number++) {
    const [turnId, text] = [`turn ${number}`, `question ${number}`];
    // The second is taken over, the last one fails; the others are left alone.
    const [isTakenOver, isFailed] = [number === 1, number === 3];
    const messageSeq = add('message', turnId, { clientMessageId: `message ${number}`, role: 'visitor', text });
    add('answer.started', turnId, {});
    const words = Array.from({ length: random.between(2, 5) }, () => `word${random.between(0, 9)} `);
    const first = stored.lastSeq + 1;
    if (isTakenOver) {
      for (const word of ['dead ', 'words ']) add('answer.delta', turnId, { text: word });
      add('answer.restarted', turnId, { fromSeq: first });
    }
    for (const word of words) add('answer.delta', turnId, { text: word });
    if (isFailed) add('answer.failed', turnId, { code: 'model_failed', message: 'no' });
    else add('answer.completed', turnId, { text: words.join(''), citations: [], answered: true, suggestions: [], finishReason: 'stop' });
    const attempts = isTakenOver ? 2 : 1;
    stored.turns.push({ id: turnId, clientMessageId: `message ${number}`, status: isFailed ? 'failed' : 'completed', errorCode: isFailed ? 'model_failed' : null, fence: attempts, attempts, messageSeq });
    if (isTakenOver) stored.attempts.push({ turnId, fence: 1, outcome: 'abandoned', model: null });
    stored.attempts.push({ turnId, fence: attempts, outcome: isFailed ? 'failed' : 'settled', model: 'scripted' });
    stored.charges.push({ turnId, state: isFailed ? 'released' : 'settled' });
    client.sent.push({ clientMessageId: `message ${number}`, text, acknowledged: { turnId, seq: messageSeq } });
    calls.set(text, attempts);
  }
  // A person takes over, is written to, answers, and gives it back; the bot answers what they left.
  const handover = (state: string, agent: object | null) => stored.events.push({ seq: (stored.lastSeq += 1), type: 'handover', data: { state, agent }, turnId: null, at: new Date(0) } as StoredConversation['events'][number]);
  const say = (data: object) => stored.events.push({ seq: (stored.lastSeq += 1), type: 'message', data: { turnId: null, ...data }, turnId: null, at: new Date(0) } as StoredConversation['events'][number]);
  handover('human', { id: 'ann', name: 'Ann' });
  for (const [number, status] of [[4, 'relayed'], [5, 'completed']] as const) {
    say({ clientMessageId: `message ${number}`, role: 'visitor', text: `question ${number}` });
    stored.turns.push({ id: `turn ${number}`, clientMessageId: `message ${number}`, status, errorCode: null, fence: 1, attempts: 1, messageSeq: stored.lastSeq });
    client.sent.push({ clientMessageId: `message ${number}`, text: `question ${number}`, acknowledged: { turnId: `turn ${number}`, seq: stored.lastSeq } });
    if (status === 'relayed') say({ clientMessageId: 'reply', role: 'agent', text: 'I see', agent: { id: 'ann', name: 'Ann' } });
  }
  handover('bot', null);
  add('answer.started', 'turn 5', {});
  add('answer.delta', 'turn 5', { text: 'yes' });
  add('answer.completed', 'turn 5', { text: 'yes', citations: [], answered: true, suggestions: [], finishReason: 'stop' });
  calls.set('question 5', 1);
  stored.attempts.push({ turnId: 'turn 5', fence: 1, outcome: 'settled', model: 'scripted' });
  stored.charges.push({ turnId: 'turn 5', state: 'settled' });
  const seen = stored.events.map(({ seq, type, data }) => structuredClone({ seq, type, data }) as SeenEvent);
  const cut = random.between(1, seen.length - 1);
  client.readers.push({ who: 'reader', readings: [{ after: 0, events: seen.slice(0, cut) }, { after: cut, events: seen.slice(cut) }] });
  client.screens.push({ who: 'screen', entries: screenOf(stored.events) });
  return structuredClone({ stored, client, calls });
}

type History = ReturnType<typeof aHistory>;

const eventOf = ({ stored }: History, type: SeenEvent['type'], turn = 0) => stored.events.find((event) => event.type === type && event.turnId === `turn ${turn}`)!;
const renumber = ({ stored }: History) => {
  stored.events.forEach((event, index) => (event.seq = index + 1));
  stored.lastSeq = stored.events.length;
};

/** What can go wrong, done to a history in which nothing did. */
const corruptions: [string, Violation['kind'], (history: History, random: SeededRandom) => void][] = [
  ['an event is missing', 'gap', ({ stored }, random) => void stored.events.splice(random.between(0, stored.events.length - 1), 1)],
  ['the conversation counts one more', 'gap', ({ stored }) => void stored.lastSeq++],
  ['an acknowledged message is gone with its turn', 'lost', (history) => {
    const { stored } = history;
    for (const list of ['events', 'attempts', 'charges'] as const) stored[list] = stored[list].filter(({ turnId }: { turnId: string | null }) => turnId !== 'turn 2') as never;
    stored.turns = stored.turns.filter(({ id }) => id !== 'turn 2');
    renumber(history);
  }],
  ['a message stands there with other words', 'lost', (history) => void ((eventOf(history, 'message').data as { text: string }).text = 'something else')],
  ['a message was acknowledged with another number', 'lost', ({ client }) => void (client.sent[0]!.acknowledged!.seq += 1)],
  ['a message stands twice', 'doubled', (history) => {
    history.stored.events.push({ ...structuredClone(eventOf(history, 'message')), turnId: 'turn 9' });
    renumber(history);
  }],
  ['an answer begins twice', 'doubled', (history) => {
    history.stored.events.push(structuredClone(eventOf(history, 'answer.started')));
    renumber(history);
  }],
  ['an answer ends twice', 'doubled', (history) => {
    history.stored.events.push(structuredClone(eventOf(history, 'answer.completed')));
    renumber(history);
  }],
  ['an answer goes on after its end', 'order', (history) => {
    history.stored.events.push({ ...structuredClone(eventOf(history, 'answer.delta')), data: { turnId: 'turn 0', text: '' } } as never);
    renumber(history);
  }],
  ['two messages of one sender changed places', 'order', ({ client }) => void client.sent.reverse()],
  ['a piece came twice', 'text', (history) => {
    const { events } = history.stored;
    events.splice(events.indexOf(eventOf(history, 'answer.delta')), 0, structuredClone(eventOf(history, 'answer.delta')));
    renumber(history);
  }],
  ['the words of the dead attempt are still counted', 'text', (history) => {
    const { stored } = history;
    stored.events = stored.events.filter(({ type }) => type !== 'answer.restarted');
    renumber(history);
  }],
  ['a restart names the wrong beginning', 'text', (history) => void ((eventOf(history, 'answer.restarted', 1).data as { fromSeq: number }).fromSeq += 1)],
  ['a reader missed an event', 'reader', ({ client }) => {
    const [one, other] = client.readers[0]!.readings;
    (one!.events.length > other!.events.length ? one! : other!).events.splice(0, 1);
  }],
  ['a reader got an event twice', 'reader', ({ client }) => void client.readers[0]!.readings[0]!.events.push(structuredClone(client.readers[0]!.readings[0]!.events.at(-1)!))],
  ['a reader was shown what is not stored', 'reader', ({ client }) => void ((client.readers[0]!.readings[0]!.events[0]!.data as { text: string }).text = 'never said')],
  ['a screen lacks the last word', 'screen', ({ client }) => void (client.screens[0]!.entries[1]!.text = client.screens[0]!.entries[1]!.text.slice(0, -1))],
  ['a screen shows an answer that is still running', 'screen', ({ client }) => void (client.screens[0]!.entries.at(-1)!.status = 'running')],
  ['a screen shows an entry too many', 'screen', ({ client }) => void client.screens[0]!.entries.push({ role: 'visitor', text: 'ghost' })],
  ['two attempts were settled', 'attempt', ({ stored }) => void (stored.attempts[1]!.outcome = 'settled')],
  ['an answer was settled by nobody', 'attempt', ({ stored }) => void (stored.attempts[0]!.outcome = 'failed')],
  ['an answer was settled under a fence that was lost', 'attempt', ({ stored }) => void (stored.turns[0]!.fence = 2)],
  ['an attempt is not written down', 'attempt', ({ stored }) => void stored.attempts.splice(1, 1)],
  ['an answer was charged twice', 'charge', ({ stored }) => void stored.charges.push({ turnId: 'turn 0', state: 'settled' })],
  ['an answer was not charged', 'charge', ({ stored }) => void stored.charges.splice(0, 1)],
  ['a failed answer was charged', 'charge', ({ stored }) => void (stored.charges[3]!.state = 'settled')],
  ['an answer that was stopped before its first word was charged', 'charge', ({ stored }) => {
    for (const { turnId, type, data } of stored.events) if (turnId === 'turn 0' && type.startsWith('answer.')) Object.assign(data, { text: '', finishReason: 'stopped_by_visitor' });
  }],
  ['a reservation stays open', 'open', ({ stored }) => void (stored.charges[0]!.state = 'reserved')],
  ['a turn never ends', 'open', ({ stored }) => void (stored.turns[0]!.status = 'running')],
  ['the model was asked more often than there were attempts', 'call', ({ calls }) => void calls.set('question 0', 2)],
  ['the model was asked once more when a person took over', 'call', ({ calls }) => void calls.set('question 5', 2)],
  ['the model was asked what was said to a person', 'call', ({ calls }) => void calls.set('question 4', 1)],
  ['an answer was settled for which the model was not asked', 'call', ({ calls }) => void calls.delete('question 0')],
  ['the bot speaks over a person', 'writer', ({ stored }) => void (stored.events = stored.events.filter(({ type, data }) => type !== 'handover' || (data as { state: string }).state !== 'bot'))],
  ['a person writes who does not hold the conversation', 'writer', ({ stored }) => void ((stored.events.find(({ data }) => (data as { role?: string }).role === 'agent')!.data as { agent: { id: string } }).agent.id = 'bob')],
  ['a person writes where nobody has taken over', 'writer', ({ stored }) => void (stored.events.find(({ type }) => type === 'handover')!.data = { state: 'waiting', agent: null } as never)],
  ['the bot is asked what was said to a person', 'writer', ({ stored }) => void ((stored.events.find(({ data }) => (data as { text?: string }).text === 'question 4')!.data as { turnId: string }).turnId = 'turn 4')],
  ['what was said to a person is answered by the bot too', 'doubled', (history) => {
    history.stored.events.push({ ...structuredClone(eventOf(history, 'answer.started')), turnId: 'turn 4' });
    renumber(history);
  }],
  ['a client complains', 'complaint', ({ client }) => void client.complaints.push('sent again became another turn')],
];

describe('the history checker', () => {
  const seeds = [1, 2, 3, 4, 5];

  it('finds nothing where nothing is wrong', () => {
    for (const seed of seeds) {
      const { stored, client, calls } = aHistory(new SeededRandom(seed));
      expect(checkHistory(stored, [client], calls)).toEqual([]);
    }
  });

  it.each(corruptions)('notices that %s', (_what, kind, corrupt) => {
    for (const seed of seeds) {
      const random = new SeededRandom(seed);
      const history = aHistory(random);
      corrupt(history, random);
      expect(checkHistory(history.stored, [history.client], history.calls).map((violation) => violation.kind)).toContain(kind);
    }
  });
});
