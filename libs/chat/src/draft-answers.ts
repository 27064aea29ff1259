import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Citation } from '@docent/contracts';
import { buildQuery, RetrievalService } from '@docent/knowledge';
import { detectLanguage } from '@docent/language';
import { LOGGER, type TenantContext } from '@docent/platform';
import { ModelError } from '@docent/ports';
import type { PastMessage } from './answer/trim-history';
import type { Answerer, AskedQuestion } from './answerer';
import { ExtractiveAnswerer } from './extractive-answerer';
import { ModelAnswerer } from './model-answerer';
import { ModelSettingsService } from './model-settings.service';

const passagesPerAnswer = 10;
const draftWithinMs = 30_000;
/** Also tells such a call from an answer's, in a provider's log and in tests. */
const wordsOfDraft = 'A colleague takes over from you. What you write is a draft, which they read before the visitor does.';

export interface Draft {
  text: string;
  citations: Citation[];
}

/** What the bot would say, for a person who writes instead of it: nothing is stored, shown to a visitor or charged. */
@Injectable()
export class DraftAnswers {
  constructor(
    private readonly retrieval: RetrievalService,
    private readonly extractive: ExtractiveAnswerer,
    private readonly byModel: ModelAnswerer,
    private readonly settings: ModelSettingsService,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Null where the knowledge does not answer. A model that fails is replaced by the sources' own sentences. */
  async draft(ctx: TenantContext, botId: string, question: string, history: PastMessage[], locale: string | null): Promise<Draft | null> {
    const model = await this.settings.present(ctx);
    const asked: AskedQuestion = {
      turnId: '',
      botId,
      question,
      query: buildQuery(question, history.map(({ role, text }) => ({ role, content: text }))),
      history,
      instructions: wordsOfDraft,
      language: detectLanguage(question) ?? locale,
      model,
      people: null,
      drawsSuggestions: true,
    };
    if (!model) return this.run(ctx, this.extractive, asked);
    return this.run(ctx, this.byModel, asked).catch((error: unknown) => {
      if (!(error instanceof ModelError)) throw error;
      this.logger.warn({ err: error, botId }, 'a draft was made without the model');
      return this.run(ctx, this.extractive, asked);
    });
  }

  private async run(ctx: TenantContext, answerer: Answerer, asked: AskedQuestion): Promise<Draft | null> {
    const passages = await this.retrieval.search(ctx, asked.botId, asked.query, passagesPerAnswer);
    const draft: Draft = { text: '', citations: [] };
    const pieces = answerer.answer(ctx, asked, passages, AbortSignal.timeout(draftWithinMs));
    for (;;) {
      const step = await pieces.next();
      if (step.done) return step.value.answered ? draft : null;
      draft.text += step.value.text;
      draft.citations.push(...(step.value.citations ?? []));
    }
  }
}
