import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConversationEvent } from '@docent/contracts';
import type { CrossTenant, Signals, TenantContext } from '@docent/platform';
import type { ChatRepository } from './chat.repository';
import { ConversationHub } from './conversation-hub';
import { FollowConversation } from './follow-conversation';

const ctx: TenantContext = { tenantId: 'tenant', caller: { kind: 'system', task: 'test' } };
const event = (seq: number): ConversationEvent => ({ seq, type: 'answer.delta', at: '', data: { turnId: 'turn', text: String(seq) } });

/** A log that grows while it is followed: each step stores some events and then tells of them in its own way, or not at all. */
class GrowingLog {
  readonly stored: ConversationEvent[] = [];
  private readonly listeners: Record<string, (id: string, seq?: number) => void> = {};
  readonly hub = new ConversationHub(
    { on: (name: string, listener: (id: string, seq?: number) => void) => (this.listeners[name] = listener), announce: () => undefined, isUp: () => true } as unknown as Signals,
    { conversationsGrown: (known: { conversationId: string }[]) => Promise.resolve(known.map(({ conversationId }) => ({ conversationId, lastSeq: null }))) } as unknown as CrossTenant,
  );
  readonly chats = {
    // What is stored while the answer is on its way is not in it.
    eventsAfter: async (_ctx: TenantContext, _id: string, after: number, page: { events: number; bytes: number }) => {
      const later = this.stored.filter(({ seq }) => seq > after).slice(0, page.events);
      let bytes = 0;
      const events = later.filter((found, index) => (bytes += JSON.stringify(found.data).length) <= page.bytes || index === 0);
      await new Promise((tick) => setImmediate(tick));
      await new Promise((tick) => setImmediate(tick));
      return { events, isCut: events.length < later.length || later.length === page.events };
    },
  } as unknown as ChatRepository;

  constructor() {
    this.hub.onModuleInit();
  }

  grow({ count, tells }: Growth): void {
    const events = Array.from({ length: count }, (_, at) => event(this.stored.length + 1 + at));
    this.stored.push(...events);
    if (tells === 'events') this.hub.publish('conversation', events);
    if (tells === 'events twice') {
      this.hub.publish('conversation', events);
      this.hub.publish('conversation', events);
    }
    // As another process is told: only how far the log has grown.
    if (tells === 'how far') this.listeners['conversation']!('conversation', this.stored.length);
    if (tells === 'late') setTimeout(() => this.hub.publish('conversation', events), 1);
  }

  /** As every process is told of a deletion: that it is to look. */
  remove(): void {
    this.listeners['gone']!(ctx.tenantId);
  }

  /** What every process hears in the end. */
  settle(): void {
    this.listeners['conversation']!('conversation', this.stored.length);
  }
}

interface Growth {
  count: number;
  tells: 'events' | 'events twice' | 'how far' | 'nothing' | 'late';
}

/** Asked for one batch after the other, or given them as they come; a reader may be slower than the log. */
type Way = 'follow' | 'feed' | 'slow feed';
const ways: Way[] = ['follow', 'feed', 'slow feed'];

function readAll(way: Way, follower: FollowConversation, after: number, leaving: AbortController, see: (events: ConversationEvent[]) => void): Promise<void> {
  if (way === 'follow')
    return (async () => {
      for await (const events of follower.follow(ctx, 'conversation', after, leaving.signal)) see(events);
    })();
  return new Promise((resolve, reject) => {
    leaving.signal.addEventListener('abort', () => resolve());
    let isTaking = false;
    const take = (events: ConversationEvent[]) => {
      if (isTaking) reject(new Error('was given more before it had taken'));
      see(events);
      if (way === 'feed') return undefined;
      isTaking = true;
      return new Promise<void>((tick) => setImmediate(tick)).then(() => void (isTaking = false));
    };
    follower.feed(ctx, 'conversation', after, { closed: leaving.signal, take, mention: () => undefined, gone: () => undefined, fail: () => reject(new Error('failed')) });
  });
}

async function followAll(log: GrowingLog, after: number, growths: Growth[], way: Way = 'follow'): Promise<number[]> {
  const follower = new FollowConversation(log.chats, log.hub);
  const leaving = new AbortController();
  const seen: number[] = [];
  const total = log.stored.length + growths.reduce((sum, growth) => sum + growth.count, 0);
  const reading = readAll(way, follower, after, leaving, (events) => {
    seen.push(...events.map(({ seq }) => seq));
    if (seen.at(-1)! >= total) leaving.abort();
  });
  for (const growth of growths) {
    await new Promise((tick) => setImmediate(tick));
    log.grow(growth);
  }
  // The last word is given at once, so that it meets the reader in the middle of looking; a second one would hide a lost one.
  log.settle();
  await Promise.race([reading, new Promise((_, fail) => setTimeout(() => fail(new Error(`stuck after ${seen.at(-1)} of ${total}`)), 20_000).unref())]);
  return seen;
}

const growth = fc.record({ count: fc.integer({ min: 1, max: 300 }), tells: fc.constantFrom('events', 'events twice', 'how far', 'nothing', 'late') }) as fc.Arbitrary<Growth>;

describe('followConversation', () => {
  it.each(ways)('gives every event once and in order, however and whenever the reader is told (%s)', async (way) => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 40 }), fc.array(growth, { minLength: 1, maxLength: 8 }), async (before, growths) => {
        const log = new GrowingLog();
        log.grow({ count: before, tells: 'nothing' });
        const seen = await followAll(log, 0, growths, way);
        expect(seen).toEqual(log.stored.map(({ seq }) => seq));
      }),
      { numRuns: 60 },
    );
  });

  it.each(ways)('hears what is announced while it looks into an empty log (%s)', async (way) => {
    const log = new GrowingLog();
    expect(await followAll(log, 0, [{ count: 1, tells: 'nothing' }], way)).toEqual([1]);
  });

  it('begins after the event that the reader has seen last', async () => {
    const log = new GrowingLog();
    log.grow({ count: 10, tells: 'nothing' });
    expect(await followAll(log, 7, [{ count: 2, tells: 'events' }])).toEqual([8, 9, 10, 11, 12]);
  });

  it('ends with a refusal when the conversation is deleted, after what was held for the reader', async () => {
    const log = new GrowingLog();
    const seen: number[] = [];
    const reading = (async () => {
      for await (const events of new FollowConversation(log.chats, log.hub).follow(ctx, 'conversation', 0, new AbortController().signal)) seen.push(...events.map(({ seq }) => seq));
    })();
    await new Promise((tick) => setTimeout(tick, 5));
    log.grow({ count: 3, tells: 'events' });
    log.remove();
    await expect(reading).rejects.toMatchObject({ code: 'not_found', message: 'This conversation has been deleted.' });
    expect(seen).toEqual([1, 2, 3]);
  });

  it('ends when the reader leaves, also while nothing happens', async () => {
    const log = new GrowingLog();
    const leaving = new AbortController();
    const reading = (async () => {
      for await (const _ of new FollowConversation(log.chats, log.hub).follow(ctx, 'conversation', 0, leaving.signal));
    })();
    await new Promise((tick) => setImmediate(tick));
    leaving.abort();
    await expect(reading).resolves.toBeUndefined();
  });
});

describe('a feed', () => {
  it('tells of a log that can not be read, and of nothing after the reader has left', async () => {
    const log = new GrowingLog();
    const broken = { eventsAfter: () => Promise.reject(new Error('away')) } as unknown as ChatRepository;
    const failed = new Promise<void>((fail) => new FollowConversation(broken, log.hub).feed(ctx, 'conversation', 0, { closed: new AbortController().signal, take: () => undefined, mention: () => undefined, gone: () => undefined, fail }));
    await failed;
    const leaving = new AbortController();
    const taken: number[] = [];
    new FollowConversation(log.chats, log.hub).feed(ctx, 'conversation', 0, { closed: leaving.signal, take: (events) => void taken.push(...events.map(({ seq }) => seq)), mention: () => undefined, gone: () => undefined, fail: () => undefined });
    log.grow({ count: 1, tells: 'events' });
    await expect.poll(() => taken).toEqual([1]);
    leaving.abort();
    log.grow({ count: 1, tells: 'events' });
    await new Promise((tick) => setTimeout(tick, 20));
    expect(taken).toEqual([1]);
  });
});

describe('a reader who does not read', () => {
  it('holds at most 64 KB, and has missed nothing when it reads on', async () => {
    const log = new GrowingLog();
    const leaving = new AbortController();
    const follow = new FollowConversation(log.chats, log.hub).follow(ctx, 'conversation', 0, leaving.signal);
    log.grow({ count: 1, tells: 'events' });
    const seen = (await follow.next()).value!.map(({ seq }: ConversationEvent) => seq);
    const alive = await growUnread(log, 4000);
    expect(alive.reduce((sum, weak) => sum + (weak.deref() ? 1000 : 0), 0)).toBeLessThanOrEqual(64_000);
    while (seen.at(-1)! < log.stored.length) seen.push(...(await follow.next()).value!.map(({ seq }: ConversationEvent) => seq));
    leaving.abort();
    expect(seen).toEqual(log.stored.map(({ seq }) => seq));
  });
});

/** Four megabytes are announced one by one, and kept nowhere but (as others) in the log. What the reader holds survives the collector. */
async function growUnread(log: GrowingLog, count: number): Promise<WeakRef<ConversationEvent>[]> {
  const told: WeakRef<ConversationEvent>[] = [];
  for (let index = 0; index < count; index += 1) {
    const seq = log.stored.length + 1;
    const text = `${seq} ${'x'.repeat(1000)}`;
    log.stored.push({ seq, type: 'answer.delta', at: '', data: { turnId: 'turn', text } });
    const announced: ConversationEvent = { seq, type: 'answer.delta', at: '', data: { turnId: 'turn', text } };
    told.push(new WeakRef(announced));
    log.hub.publish('conversation', [announced]);
  }
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // A weak reference that was made in this turn of the loop keeps what it points to until the turn ends.
  for (let round = 0; round < 3; round += 1) {
    await new Promise((tick) => setImmediate(tick));
    collect();
  }
  return told;
}
