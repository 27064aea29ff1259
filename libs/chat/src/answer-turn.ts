import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { errorCodes, type Citation, type ErrorCode, type EventPayload, type TurnInspection, type Unsupported } from '@docent/contracts';
import type { FoundPassage } from '@docent/knowledge';
import { LOGGER, Signals, systemContext, type TenantContext } from '@docent/platform';
import { ModelError } from '@docent/ports';
import { answerTexts } from './answer/answer-texts';
import { AnswerPreparations, type AnswerPreparation } from './answer-preparations';
import type { Answerer, AnswerEnd, AnswerPiece, AskedQuestion } from './answerer';
import { AskedQuestions } from './asked-questions';
import { ChatRepository } from './chat.repository';
import type { TurnOutcome } from './close-turn';
import { ConversationHub } from './conversation-hub';
import { ExtractiveAnswerer } from './extractive-answerer';
import { fileAnswerer } from './file-answerer';
import { GrowingText } from './growing-text';
import { GiveWay } from './handover/give-way';
import { Journal, LostTurnError, type HeldTurn } from './journal';
import { ModelAnswerer } from './model-answerer';
import { RestartedAnswers } from './restarted-answers';

/** An answer whose processes die this often is given up: it may be what kills them. */
const takeoversMost = 3;

/** Somebody asked to stop: what was written stays, and the turn ends. */
export class StopRequested extends Error {}

/** The process is ending: the turn stays open and is taken over by another, or by the next start. */
export class HandedOver extends Error {}

/** What has been said so far. */
interface Draft {
  text: GrowingText;
  citations: Citation[];
  unsupported: Unsupported[];
  /** Settles when the last piece is stored, and so those before it. */
  stored: Promise<unknown>;
  /** Why a piece was not stored: without it, nothing that follows may be. */
  loss: unknown;
  startedAt: number;
  retrievedAt: number;
  firstTokenAt: number | null;
  passages: FoundPassage[];
}

/** Answers one turn, step by step: what was asked, the passages, the answer, the end. Whoever holds the lease runs it. */
@Injectable()
export class AnswerTurn {
  constructor(
    private readonly asked: AskedQuestions,
    private readonly preparations: AnswerPreparations,
    private readonly extractive: ExtractiveAnswerer,
    private readonly byModel: ModelAnswerer,
    private readonly journal: Journal,
    private readonly restarted: RestartedAnswers,
    private readonly chats: ChatRepository,
    private readonly hub: ConversationHub,
    private readonly signals: Signals,
    private readonly people: GiveWay,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Whether the turn has found its end, here or elsewhere; false: it is to be let go, and begun anew by whoever takes it. Never rejects:
   * every end is stored as an event, except where the turn is somebody else's by now. `preparation` is what was gathered
   * while the question was being stored; without it, it is gathered now.
   */
  async answer(turn: HeldTurn, signal: AbortSignal, preparation?: AnswerPreparation): Promise<boolean> {
    const ctx = systemContext(turn.tenantId, 'answer');
    const draft: Draft = { text: new GrowingText(), citations: [], unsupported: [], stored: Promise.resolve(), loss: null, startedAt: performance.now(), retrievedAt: 0, firstTokenAt: null, passages: [] };
    let asked: AskedQuestion | null = null;
    try {
      const prepared = preparation?.take(turn.turnId);
      asked = prepared?.asked ?? (await this.asked.read(ctx, turn));
      if (!asked) return true;
      if (await this.people.beforeAnswer(ctx, turn, asked)) return true;
      if (takeoversOf(turn) > takeoversMost) throw new ModelError('cut', 'The processes that were answering have ended, one after the other.');
      if (takeoversOf(turn) > 0) await this.restarted.restart(ctx, turn);
      const end = await this.write(ctx, turn, asked, draft, signal, prepared?.passages);
      await this.close(ctx, turn, asked, draft, { type: 'answer.completed', data: completed(turn, draft, end) }, end);
      return true;
    } catch (error) {
      return this.endBadly(ctx, turn, asked, draft, error, signal).catch((cause: unknown) => {
        this.logger.error({ err: cause, turnId: turn.turnId }, 'a turn could not be closed');
        return false;
      });
    }
  }

  private async write(ctx: TenantContext, turn: HeldTurn, asked: AskedQuestion, draft: Draft, signal: AbortSignal, passages?: Promise<FoundPassage[]>): Promise<AnswerEnd> {
    const hasWords = asked.question.trim() !== '';
    draft.passages = hasWords ? await (passages ?? this.preparations.search(ctx, asked)) : [];
    draft.retrievedAt = performance.now();
    const answerer: Answerer = !hasWords ? fileAnswerer : asked.model ? this.byModel : this.extractive;
    const pieces = answerer.answer(ctx, asked, draft.passages, signal);
    try {
      for (;;) {
        const step = await pieces.next();
        if (step.done) {
          await draft.stored;
          if (draft.loss) throw draft.loss;
          return step.value;
        }
        if (draft.loss) throw draft.loss;
        // Also the last word of an answer that is being stopped: it says whether the sentence so far is carried.
        this.say(turn, draft, step.value);
        signal.throwIfAborted();
      }
    } finally {
      // A model that still speaks is hung up on.
      await pieces.return({ answered: false, suggestions: [], finishReason: 'stop' });
    }
  }

  /** Hands the piece to the journal without waiting for it: pieces of a turn are stored in the order in which they are given. */
  private say(turn: HeldTurn, draft: Draft, piece: AnswerPiece): void {
    draft.firstTokenAt ??= performance.now();
    draft.text.add(piece.text);
    draft.citations.push(...(piece.citations ?? []));
    draft.unsupported.push(...(piece.unsupported ?? []));
    const stored = this.journal.append(turn, { turnId: turn.turnId, ...piece });
    // Pieces that go together are stored together.
    if (stored === draft.stored) return;
    draft.stored = stored;
    stored.catch((error: unknown) => (draft.loss ??= error));
  }

  private async endBadly(ctx: TenantContext, turn: HeldTurn, asked: AskedQuestion | null, draft: Draft, error: unknown, signal: AbortSignal): Promise<boolean> {
    // What is still on its way to the journal comes before the end: a closed turn takes no more pieces.
    await draft.stored.catch(() => undefined);
    const reason: unknown = draft.loss ?? (signal.aborted ? signal.reason : error);
    if (reason instanceof LostTurnError || reason instanceof HandedOver) return true;
    if (reason instanceof StopRequested) {
      const end: AnswerEnd = { answered: !draft.text.isEmpty, suggestions: [], finishReason: 'stopped_by_visitor' };
      await this.close(ctx, turn, asked, draft, { type: 'answer.completed', data: completed(turn, draft, end) });
      return true;
    }
    const code: ErrorCode = reason instanceof ModelError ? 'model_failed' : 'internal';
    // Such as a database that was away for a moment.
    if (code === 'internal' && takeoversOf(turn) < takeoversMost) {
      this.logger.warn({ err: reason, turnId: turn.turnId }, 'an answer is begun anew');
      return false;
    }
    this.logger[code === 'internal' ? 'error' : 'warn']({ err: reason, turnId: turn.turnId }, 'an answer failed');
    const message = code === 'model_failed' ? answerTexts(asked?.language ?? null).modelFailed : errorCodes.internal.message;
    await this.close(ctx, turn, asked, draft, { type: 'answer.failed', data: { turnId: turn.turnId, code, message } });
    return true;
  }

  private async close(ctx: TenantContext, turn: HeldTurn, asked: AskedQuestion | null, draft: Draft, outcome: TurnOutcome, end?: AnswerEnd): Promise<void> {
    const closed = await this.chats.closeTurn(ctx, turn, outcome, asked && inspect(asked, draft));
    if (!closed) return;
    const { events, unansweredInARow } = closed;
    this.hub.publish(turn.conversationId, events);
    if (asked) await this.signals.send('change', turn.tenantId, { kind: 'conversation', id: turn.conversationId, botId: asked.botId, lastSeq: events.at(-1)!.seq });
    if (asked && end) await this.people.afterAnswer(ctx, turn, asked, { ...end, unansweredInARow }, draft.passages);
  }
}

function takeoversOf({ attempts = 1 }: HeldTurn): number {
  return attempts - 1;
}

function completed(turn: HeldTurn, draft: Draft, { answered, suggestions, finishReason }: AnswerEnd): EventPayload<'answer.completed'> {
  const { text, citations, unsupported } = draft;
  return { turnId: turn.turnId, text: text.toString(), citations, ...(unsupported.length > 0 ? { unsupported } : {}), answered, suggestions, finishReason };
}

function inspect(asked: AskedQuestion, draft: Draft): TurnInspection {
  const since = (moment: number) => Math.round((moment - draft.startedAt) * 10) / 10;
  const isCited = (passage: FoundPassage) => draft.citations.some((citation) => citation.sourceId === passage.sourceId && citation.start >= passage.start && citation.end <= passage.end);
  return {
    turnId: asked.turnId,
    question: asked.question,
    query: asked.query.understood,
    model: asked.model ? `${asked.model.provider}/${asked.model.model}` : 'none',
    passages: draft.passages.map((passage) => ({
      sourceId: passage.sourceId,
      title: passage.title,
      headings: passage.headings,
      page: passage.page,
      start: passage.start,
      end: passage.end,
      text: passage.text,
      score: passage.score,
      cited: isCited(passage),
    })),
    timings: { retrievalMs: since(draft.retrievedAt), firstTokenMs: draft.firstTokenAt && since(draft.firstTokenAt), totalMs: since(performance.now()) },
  };
}
