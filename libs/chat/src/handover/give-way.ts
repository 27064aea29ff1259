import { Injectable } from '@nestjs/common';
import type { FoundPassage } from '@docent/knowledge';
import type { TenantContext } from '@docent/platform';
import type { AskedQuestion } from '../answerer';
import { ExtractiveAnswerer } from '../extractive-answerer';
import type { HeldTurn } from '../journal';
import { HandoverMoves } from './handover-moves';
import { reasonAfterAnswer, reasonBeforeAnswer, type GivenAnswer } from './people-rules';

/** The bot gives way to people by its owner's rules. */
@Injectable()
export class GiveWay {
  constructor(
    private readonly moves: HandoverMoves,
    private readonly extractive: ExtractiveAnswerer,
  ) {}

  /** True: a person is wanted, or nobody is there; the visitor has been told, and the turn has ended without an answer. */
  async beforeAnswer(ctx: TenantContext, turn: HeldTurn, asked: AskedQuestion): Promise<boolean> {
    const reason = asked.people && reasonBeforeAnswer(asked.people, asked.question, new Date());
    if (!reason) return false;
    const moved = await this.moves.request(ctx, turn.conversationId, reason, { endsAnswer: true });
    return moved?.endedTurns.includes(turn.turnId) ?? false;
  }

  /** `passages`: what the answer was made from. */
  async afterAnswer(ctx: TenantContext, turn: HeldTurn, asked: AskedQuestion, given: GivenAnswer, passages: FoundPassage[]): Promise<void> {
    if (!asked.people) return;
    // A model does not say how sure it is; how well the passages fit the question says it.
    const isWanted = given.answered && given.confidence === undefined && asked.people.settings.confidenceBelow !== null;
    const confidence = isWanted ? await this.extractive.confidence(ctx, asked, passages) : given.confidence;
    const reason = reasonAfterAnswer(asked.people, asked.question, { ...given, confidence });
    if (reason) await this.moves.request(ctx, turn.conversationId, reason);
  }
}
