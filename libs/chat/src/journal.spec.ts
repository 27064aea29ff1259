import { describe, expect, it } from 'vitest';
import type { ConversationEvent } from '@docent/contracts';
import type { CrossTenant, JournalEntry, Signals, WrittenEntry } from '@docent/platform';
import { ConversationHub } from './conversation-hub';
import { Journal, LostTurnError, type HeldTurn } from './journal';

/** A store that takes its time, so that pieces pile up behind the statement on its way. */
class SlowStore {
  readonly batches: JournalEntry[][] = [];
  private seq = 0;
  /** How long a statement is on its way. */
  answers: () => Promise<unknown> = () => new Promise((tick) => setTimeout(tick, 2));
  failure: (Error & { code?: string }) | null = null;
  readonly lost = new Set<string>();

  appendEvents = async (entries: JournalEntry[]): Promise<WrittenEntry[]> => {
    await this.answers();
    const { failure } = this;
    this.failure = null;
    if (failure) throw failure;
    this.batches.push(structuredClone(entries));
    return entries.flatMap((entry, index) => (this.lost.has(entry.turnId) ? [] : [{ index, seq: (this.seq += 1), at: new Date() }]));
  };
}

function aJournal() {
  const store = new SlowStore();
  const hub = new ConversationHub({ on: () => () => undefined, announce: () => undefined } as unknown as Signals);
  return { store, hub, journal: new Journal(store as unknown as CrossTenant, hub) };
}

const tick = () => new Promise((resolve) => setImmediate(resolve));
const textOf = (payload: string) => (JSON.parse(payload) as { text: string }).text;
const turn = (name: string): HeldTurn => ({ tenantId: 'tenant', turnId: name, conversationId: `of ${name}`, fence: 1 });

describe('the journal', () => {
  it('stores what arrives meanwhile in one statement, pieces of a turn joined in order', async () => {
    const { store, journal } = aJournal();
    const say = (texts: string[]) => texts.flatMap((text) => [journal.append(turn('one'), { turnId: 'one', text }), journal.append(turn('two'), { turnId: 'two', text: text.toUpperCase() })]);
    const first = say(['a', 'b']);
    await tick();
    const meanwhile = say(['c', 'd', 'e']);
    await Promise.all([...first, ...meanwhile]);
    expect(store.batches.map((batch) => batch.map(({ turnId, payload }) => [turnId, textOf(payload)]))).toEqual([
      [['one', 'ab'], ['two', 'AB']],
      [['one', 'cde'], ['two', 'CDE']],
    ]);
  });

  it('gives a statement one event of a conversation at most', async () => {
    const { store, journal } = aJournal();
    const late = { ...turn('one'), fence: 2 };
    await Promise.all([journal.append(turn('one'), { turnId: 'one', text: 'a' }), journal.append(late, { turnId: 'one', text: 'b' })]);
    expect(store.batches.map((batch) => batch.map(({ fence, payload }) => [fence, textOf(payload)]))).toEqual([[[1, 'a']], [[2, 'b']]]);
  });

  it('stores nothing behind a piece that was lost on its way', async () => {
    const { store, journal } = aJournal();
    store.failure = new Error('connection lost');
    const { promise, resolve: answer } = Promise.withResolvers<void>();
    store.answers = () => promise;
    const lost = journal.append(turn('one'), { turnId: 'one', text: 'a' });
    await tick();
    const behind = journal.append(turn('one'), { turnId: 'one', text: 'b' });
    const other = journal.append(turn('two'), { turnId: 'two', text: 'c' });
    answer();
    await Promise.all([lost, behind].map((piece) => expect(piece).rejects.toThrow('connection lost')));
    await other;
    expect(store.batches.map((batch) => batch.map(({ payload }) => textOf(payload)))).toEqual([['c']]);
  });

  it('tells readers only of what is stored', async () => {
    const { store, hub, journal } = aJournal();
    const told: ConversationEvent[] = [];
    hub.subscribe('of one', { tenantId: 'tenant', seen: 0, hear: (wake) => 'events' in wake && told.push(...wake.events) });
    const stored = journal.append(turn('one'), { turnId: 'one', text: 'a' });
    expect(told).toEqual([]);
    await stored;
    expect(told).toHaveLength(1);
    expect(store.batches).toHaveLength(1);
  });

  it('rejects the pieces of a turn that is held by somebody else, and stores the others', async () => {
    const { store, journal } = aJournal();
    store.lost.add('gone');
    const gone = journal.append(turn('gone'), { turnId: 'gone', text: 'a' });
    const kept = journal.append(turn('kept'), { turnId: 'kept', text: 'b' });
    await expect(gone).rejects.toBeInstanceOf(LostTurnError);
    await expect(kept).resolves.toBeUndefined();
  });

  it('tries a batch again that met a deadlock, and goes on after a failure', async () => {
    const { store, journal } = aJournal();
    store.failure = Object.assign(new Error('deadlock detected'), { code: '40P01' });
    await expect(journal.append(turn('one'), { turnId: 'one', text: 'a' })).resolves.toBeUndefined();
    store.failure = new Error('connection lost');
    await expect(journal.append(turn('one'), { turnId: 'one', text: 'b' })).rejects.toThrow('connection lost');
    await expect(journal.append(turn('one'), { turnId: 'one', text: 'c' })).resolves.toBeUndefined();
  });
});
