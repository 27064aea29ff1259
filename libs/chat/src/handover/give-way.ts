import { Injectable } from '@nestjs/common';
import type { TenantContext } from '@docent/platform';
import type { AskedQuestion } from '../answerer';
import type { HeldTurn } from '../journal';
import { HandoverMoves } from './handover-moves';
import { reasonAfterAnswer, reasonBeforeAnswer, type GivenAnswer } from './people-rules';

/** The bot gives way to people by its owner's rules. */
@Injectable()
export class GiveWay {
  constructor(private readonly moves: HandoverMoves) {}

  /** True: a person is wanted, or nobody is there; the visitor has been told, and the turn has ended without an answer. */
  async beforeAnswer(ctx: TenantContext, turn: HeldTurn, asked: AskedQuestion): Promise<boolean> {
    const reason = asked.people && reasonBeforeAnswer(asked.people, asked.question, new Date());
    if (!reason) return false;
    const moved = await this.moves.request(ctx, turn.conversationId, reason, { endsAnswer: true });
    return moved?.endedTurns.includes(turn.turnId) ?? false;
  }

  async afterAnswer(ctx: TenantContext, turn: HeldTurn, asked: AskedQuestion, given: GivenAnswer): Promise<void> {
    const reason = asked.people && reasonAfterAnswer(asked.people, asked.question, given);
    if (reason) await this.moves.request(ctx, turn.conversationId, reason);
  }
}
