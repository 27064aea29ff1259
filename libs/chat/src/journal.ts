import { Injectable } from '@nestjs/common';
import type { ConversationEvent, EventPayload } from '@docent/contracts';
import { CrossTenant, failedFor, type JournalEntry, type WrittenEntry } from '@docent/platform';
import { ConversationHub } from './conversation-hub';
import { rememberJson } from './event-json';

/** A turn that this process holds, by its fence: whoever has the highest fence may write. */
export interface HeldTurn {
  tenantId: string;
  turnId: string;
  conversationId: string;
  fence: number;
  /** How many processes have answered it by now, this one included; one where it is not said. */
  attempts?: number;
}

type Delta = EventPayload<'answer.delta'>;

/** Another process holds this turn by now, or it is closed: whoever gets this stops silently. */
export class LostTurnError extends Error {
  constructor(turnId: string) {
    super(`turn ${turnId} is held by somebody else`);
    this.name = 'LostTurnError';
  }
}

/** What one turn has said since its last event was sent to be stored: one event, however many pieces. */
interface Pending {
  turn: HeldTurn;
  delta: Delta;
  stored: Promise<void>;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** Turns in one statement: more would hold the others' locks for too long. */
const turnsAtOnce = 500;

/**
 * Stores pieces of all running answers together: while one statement is on its way, everything that arrives waits and goes with the
 * next, pieces of one turn joined to one event. So an idle journal writes at once, and a busy one writes fewer and larger events
 * instead of falling behind: what waits is one event for each turn at most.
 */
@Injectable()
export class Journal {
  private pending = new Map<string, Pending>();
  private isBusy = false;

  constructor(
    private readonly crossTenant: CrossTenant,
    private readonly hub: ConversationHub,
  ) {}

  /**
   * Resolves when the piece is stored (and readers are told), rejects with {@link LostTurnError} when the turn is lost. Pieces of a turn
   * are stored in the order in which they are given; after one that is not stored, those given before that was known are not stored either.
   */
  append(turn: HeldTurn, delta: Delta): Promise<void> {
    const key = keyOf(turn);
    const known = this.pending.get(key);
    if (known) {
      known.delta.text += delta.text;
      if (delta.citations?.length) known.delta.citations = [...(known.delta.citations ?? []), ...delta.citations];
      if (delta.unsupported?.length) known.delta.unsupported = [...(known.delta.unsupported ?? []), ...delta.unsupported];
      return known.stored;
    }
    const { promise: stored, resolve, reject } = Promise.withResolvers<void>();
    this.pending.set(key, { turn, delta: { ...delta }, stored, resolve, reject });
    if (!this.isBusy) void this.writeAll();
    return stored;
  }

  private async writeAll(): Promise<void> {
    this.isBusy = true;
    // What else is said in this turn of the event loop goes along.
    await new Promise<void>((resolve) => process.nextTick(resolve));
    while (this.pending.size > 0) {
      const batch = this.takeBatch();
      await this.write(batch).catch((error: unknown) => batch.forEach((lost) => this.lose(lost, error)));
    }
    this.isBusy = false;
  }

  /** Those that have waited longest, one of a conversation. */
  private takeBatch(): Pending[] {
    const batch = new Map<string, Pending>();
    for (const [key, waiting] of this.pending) {
      if (batch.size === turnsAtOnce) break;
      if (batch.has(waiting.turn.conversationId)) continue;
      batch.set(waiting.turn.conversationId, waiting);
      this.pending.delete(key);
    }
    return [...batch.values()];
  }

  private async write(batch: Pending[]): Promise<void> {
    const entries = batch.map(toEntry);
    const written = await this.crossTenant.appendEvents(entries).catch((error: unknown) => {
      // A batch that met a deadlock wrote nothing; its turns must not pay for a stranger's lock.
      if (failedFor('deadlock', error)) return this.crossTenant.appendEvents(entries);
      throw error;
    });
    const bySlot: WrittenEntry[] = [];
    for (const row of written) bySlot[row.index] = row;
    batch.forEach((waiting, index) => {
      const row = bySlot[index];
      if (!row) return this.lose(waiting, new LostTurnError(waiting.turn.turnId));
      const event: ConversationEvent = { seq: row.seq, type: 'answer.delta', at: row.at.toISOString(), data: waiting.delta };
      rememberJson(event, entries[index]!.payload);
      this.hub.publish(waiting.turn.conversationId, [event]);
      waiting.resolve();
    });
  }

  /** What the turn has said since would leave a gap before it. */
  private lose(waiting: Pending, error: unknown): void {
    waiting.reject(error);
    const key = keyOf(waiting.turn);
    const since = this.pending.get(key);
    this.pending.delete(key);
    since?.reject(error);
  }
}

function keyOf({ turnId, fence }: HeldTurn): string {
  return `${turnId} ${fence}`;
}

function toEntry({ turn, delta }: Pending): JournalEntry {
  return { tenantId: turn.tenantId, conversationId: turn.conversationId, turnId: turn.turnId, fence: turn.fence, type: 'answer.delta', payload: JSON.stringify(delta) };
}
