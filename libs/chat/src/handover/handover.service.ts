import { Injectable } from '@nestjs/common';
import { isOpenAt, type HandoverState } from '@docent/contracts';
import { AppError, found, type TenantContext } from '@docent/platform';
import { TurnRunner } from '../turn-runner';
import type { Decide, Decision, HeldConversation, Moved } from './handover.repository';
import { HandoverMoves } from './handover-moves';
import { readAgent } from './read-agent';

/** How long a visitor is promised to wait, where they wait. */
export interface PersonAnswer {
  state: HandoverState;
  promisedSeconds: number | null;
}

/** What people do with a conversation: ask for somebody, take it, give it back, close it. Each is refused with `conflict` where it is not possible now. */
@Injectable()
export class HandoverService {
  constructor(
    private readonly moves: HandoverMoves,
    private readonly turns: TurnRunner,
  ) {}

  /** Throws `no_people` where nobody can be asked for at this hour, or at all. */
  async requestPerson(ctx: TenantContext, conversationId: string): Promise<PersonAnswer> {
    return toAnswer(
      await this.run(ctx, conversationId, false, (held) => {
        if (held.state === 'human' || held.state === 'waiting') return null;
        if (!held.settings.enabled || !isOpenAt(held.settings.hours, new Date())) throw new AppError('no_people');
        return { move: 'request', reason: 'visitor_asked' };
      }),
    );
  }

  /** Stops waiting; where nobody is awaited, nothing happens. */
  async cancelPerson(ctx: TenantContext, conversationId: string): Promise<PersonAnswer> {
    return toAnswer(await this.run(ctx, conversationId, false, ({ state }) => (state === 'waiting' ? { move: 'release', reason: 'visitor_cancelled' } : null)));
  }

  /** The caller speaks from now on, and a running answer ends. With the `fence` that the caller saw it is refused where somebody was faster. */
  take(ctx: TenantContext, conversationId: string, fence?: number): Promise<Moved> {
    return this.run(ctx, conversationId, true, async (held, sql) => {
      if (fence !== undefined && held.fence !== fence && held.assigneeId !== callerId(ctx)) throw new AppError('conflict', { fence: held.fence });
      return { move: 'take', reason: 'agent', agent: found(await readAgent(sql, ctx, callerId(ctx))) };
    });
  }

  /** Gives it to a member who may write (`not_found` otherwise), or to nobody, who is awaited then. */
  assign(ctx: TenantContext, conversationId: string, memberId: string | null): Promise<Moved> {
    return this.run(ctx, conversationId, memberId !== null, async ({ state }, sql) => {
      if (memberId === null) return state === 'human' ? { move: 'requeue', reason: 'agent' } : null;
      return { move: 'take', reason: 'agent', agent: found(await readAgent(sql, ctx, memberId)) };
    });
  }

  release(ctx: TenantContext, conversationId: string, to: 'bot' | 'queue'): Promise<Moved> {
    return this.run(ctx, conversationId, false, ownOnly(ctx, { move: to === 'bot' ? 'release' : 'requeue', reason: 'agent' }));
  }

  close(ctx: TenantContext, conversationId: string): Promise<Moved> {
    return this.run(ctx, conversationId, true, ownOnly(ctx, { move: 'close', reason: 'closed' }));
  }

  reopen(ctx: TenantContext, conversationId: string): Promise<Moved> {
    return this.run(ctx, conversationId, false, () => ({ move: 'reopen', reason: 'reopened' }));
  }

  private async run(ctx: TenantContext, conversationId: string, endsAnswer: boolean, decide: Decide): Promise<Moved> {
    const moved = found(await this.moves.move(ctx, conversationId, { endsAnswer, lease: this.turns.lease }, decide));
    for (const turnId of moved.endedTurns) this.turns.drop(turnId);
    if (moved.opened) this.turns.start(moved.opened);
    return moved;
  }
}

/** A tab that has lost the conversation can't take it from whoever has it. */
function ownOnly(ctx: TenantContext, decision: Decision): Decide {
  return (held: HeldConversation) => {
    if (held.assigneeId !== null && held.assigneeId !== callerId(ctx)) throw new AppError('conflict', { assigneeId: held.assigneeId });
    return decision;
  };
}

function callerId({ caller }: TenantContext): string {
  if (caller.kind !== 'member') throw new AppError('forbidden');
  return caller.personId;
}

function toAnswer({ state, settings }: Moved): PersonAnswer {
  return { state, promisedSeconds: state === 'waiting' ? settings.promisedSeconds : null };
}
