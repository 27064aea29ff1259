import { Injectable } from '@nestjs/common';
import type { ConversationEvent, EventPayload } from '@docent/contracts';
import { CrossTenant, type JournalEntry } from '@docent/platform';
import { ConversationHub } from './conversation-hub';

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

interface Waiting {
  entry: JournalEntry & { payload: Delta };
  stored: () => void;
  lost: (error: unknown) => void;
}

const maxBatch = 500;

/**
 * Stores pieces of all running answers together: while one statement is on its way, everything that arrives waits and
 * goes with the next, pieces of one turn joined to one event. An idle journal writes at once, a busy one in larger batches.
 */
@Injectable()
export class Journal {
  private waiting: Waiting[] = [];
  private isWriting = false;

  constructor(
    private readonly crossTenant: CrossTenant,
    private readonly hub: ConversationHub,
  ) {}

  /** Resolves when the piece is stored (and readers are told), rejects with {@link LostTurnError} when the turn is lost. */
  append(turn: HeldTurn, delta: Delta): Promise<void> {
    return new Promise((stored, lost) => {
      const entry = { tenantId: turn.tenantId, conversationId: turn.conversationId, turnId: turn.turnId, fence: turn.fence, type: 'answer.delta', payload: delta };
      this.waiting.push({ entry, stored, lost });
      if (!this.isWriting) void this.writeAll();
    });
  }

  private async writeAll(): Promise<void> {
    this.isWriting = true;
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, maxBatch);
      await this.write(batch).catch((error: unknown) => batch.forEach((waiting) => waiting.lost(error)));
    }
    this.isWriting = false;
  }

  private async write(batch: Waiting[]): Promise<void> {
    const groups = joinByTurn(batch);
    const entries = groups.map((group) => group.entry);
    const written = await this.crossTenant.appendEvents(entries).catch((error: unknown) => {
      // A batch that met a deadlock wrote nothing; its turns must not pay for a stranger's lock.
      if (isDeadlock(error)) return this.crossTenant.appendEvents(entries);
      throw error;
    });
    const bySlot = new Map(written.map((row) => [row.index, row]));
    groups.forEach((group, index) => {
      const row = bySlot.get(index);
      if (!row) return group.members.forEach((member) => member.lost(new LostTurnError(group.entry.turnId)));
      const event: ConversationEvent = { seq: row.seq, type: 'answer.delta', at: row.at.toISOString(), data: group.entry.payload };
      this.hub.publish(group.entry.conversationId, [event]);
      group.members.forEach((member) => member.stored());
    });
  }
}

interface Group {
  entry: Waiting['entry'];
  members: Waiting[];
}

function joinByTurn(batch: Waiting[]): Group[] {
  const groups = new Map<string, Group>();
  for (const waiting of batch) {
    const key = `${waiting.entry.turnId} ${waiting.entry.fence}`;
    const group = groups.get(key);
    if (!group) {
      groups.set(key, { entry: { ...waiting.entry, payload: { ...waiting.entry.payload } }, members: [waiting] });
      continue;
    }
    const { payload } = group.entry;
    payload.text += waiting.entry.payload.text;
    const citations = [...(payload.citations ?? []), ...(waiting.entry.payload.citations ?? [])];
    if (citations.length > 0) payload.citations = citations;
    group.members.push(waiting);
  }
  return [...groups.values()];
}

function isDeadlock(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '40P01';
}
