import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { FoundPassage } from '@docent/knowledge';
import type { TenantContext } from '@docent/platform';
import { LanguageModel, ModelError, type ModelPiece } from '@docent/ports';
import { answerTexts } from './answer/answer-texts';
import { buildPrompt } from './answer/build-prompt';
import { CitationStream, type CitedPiece } from './answer/cite-stream';
import { decline } from './answer/decline';
import { isInvented } from './answer/is-invented';
import type { Answerer, AnswerEnd, AnswerPiece, AskedQuestion } from './answerer';
import { closestTopics } from './extractive/closest-topics';

const promptTokens = 6000;
const answerTokens = 1000;
const firstTokenTimeoutMs = 30_000;
const idleTimeoutMs = 30_000;

/** Answers with a language model from the passages, with citations that the server has checked. */
@Injectable()
export class ModelAnswerer implements Answerer {
  constructor(private readonly models: LanguageModel) {}

  async *answer(_ctx: TenantContext, asked: AskedQuestion, found: FoundPassage[], signal: AbortSignal): AsyncGenerator<AnswerPiece, AnswerEnd> {
    const prompt = buildPrompt({ ...asked, passages: found, tokenBudget: promptTokens });
    // Without a passage there is nothing to answer from: the server declines, the model is not asked to.
    if (prompt.passages.length === 0) return yield* decline(asked, closestTopics(found));
    const cited = new CitationStream(prompt.passages, { canary: prompt.nonce, question: asked.question });
    const pieces = this.models.stream(asked.model!, { messages: prompt.messages, maxOutputTokens: answerTokens, firstTokenTimeoutMs, idleTimeoutMs, signal });
    // The model is asked in this turn of the event loop, and thinks in the next. What fails here fails again with the first sentence.
    yieldToOthers()
      .then(() => cited.readAhead())
      .catch(() => undefined);
    const end = yield* this.citePieces(pieces, cited);
    if (cited.declined) return yield* decline(asked, closestTopics(found));
    if (end.reason === 'filtered') throw new ModelError('refused', "The provider's filter held the answer back.");
    if (end.reason === 'length') yield { text: `\n\n${answerTexts(asked.language).cutAtLength}` };
    return { answered: cited.answered && !isInvented(cited.sentences), suggestions: [], finishReason: end.reason === 'length' ? 'length' : 'stop' };
  }

  private async *citePieces(pieces: AsyncIterable<ModelPiece>, cited: CitationStream): AsyncGenerator<AnswerPiece, Extract<ModelPiece, { type: 'end' }>> {
    try {
      for await (const piece of pieces) {
        const shown = piece.type === 'end' ? cited.finish() : cited.push(piece.text);
        if (cited.leaked) throw new ModelError('refused', 'The model began to repeat its instructions, so its answer was stopped.');
        if (!isEmpty(shown)) yield toPiece(shown);
        if (piece.type === 'end') return piece;
      }
      throw new ModelError('cut', 'The answer ended without its end mark.');
    } catch (error) {
      // The half sentence that a stop or a failure leaves behind is read, so it is held against the sources too.
      const last = cited.finish();
      if (!isEmpty(last)) yield toPiece(last);
      throw error;
    }
  }
}

function isEmpty({ text, citations, unsupported }: CitedPiece): boolean {
  return text === '' && citations.length === 0 && unsupported.length === 0;
}

function toPiece({ text, citations, unsupported }: CitedPiece): AnswerPiece {
  return { text, ...(citations.length > 0 ? { citations } : {}), ...(unsupported.length > 0 ? { unsupported } : {}) };
}
