import { Injectable } from '@nestjs/common';
import { isOpenAt, type HandoverReason } from '@docent/contracts';
import { Signals, type TenantContext } from '@docent/platform';
import { ConversationHub } from '../conversation-hub';
import { HandoverRepository, type Decide, type Decision, type HeldConversation, type Moved, type MoveOptions } from './handover.repository';

/** Moves a conversation and tells everybody who looks at it. */
@Injectable()
export class HandoverMoves {
  constructor(
    private readonly handovers: HandoverRepository,
    private readonly hub: ConversationHub,
    private readonly signals: Signals,
  ) {}

  /** As {@link HandoverRepository.move}; readers and consoles hear of it after the commit. */
  async move(ctx: TenantContext, conversationId: string, options: MoveOptions, decide: Decide): Promise<Moved | null> {
    const moved = await this.handovers.move(ctx, conversationId, options, decide);
    if (!moved || moved.events.length === 0) return moved;
    this.hub.publish(conversationId, moved.events);
    const { botId, lastSeq, state, assigneeId } = moved;
    await this.signals.send('change', ctx.tenantId, { kind: 'conversation', id: conversationId, botId, lastSeq, state, assigneeId });
    return moved;
  }

  /** A person is wanted: by the visitor, or by a rule. Out of hours the visitor is offered the message form instead. */
  request(ctx: TenantContext, conversationId: string, reason: HandoverReason, options = { endsAnswer: false }): Promise<Moved | null> {
    return this.move(ctx, conversationId, options, (held) => decideRequest(held, reason, new Date()));
  }
}

/** Whether somebody is awaited from now on, or nobody is there to be awaited. Null where people are off, or one is there already. */
export function decideRequest(held: HeldConversation, reason: HandoverReason, now: Date): Decision | null {
  if (!held.settings.enabled || held.state === 'human' || held.state === 'waiting') return null;
  if (!isOpenAt(held.settings.hours, now)) return { move: 'tell', reason: 'out_of_hours' };
  return { move: 'request', reason };
}
