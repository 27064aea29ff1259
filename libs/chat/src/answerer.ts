import type { EventPayload } from '@docent/contracts';
import type { FoundPassage, RetrievalQuery } from '@docent/knowledge';
import type { TenantContext } from '@docent/platform';
import type { ModelConnection } from '@docent/ports';
import type { PastMessage } from './answer/trim-history';
import type { PeopleBehind } from './handover/people-rules';

/** Everything an answer is made from, read before it begins. */
export interface AskedQuestion {
  turnId: string;
  botId: string;
  question: string;
  /** What to search for: the question with what was said before; `understood` reads alone. */
  query: RetrievalQuery;
  /** Oldest first, without the question. */
  history: PastMessage[];
  /** The owner's wishes for tone and manner. */
  instructions: string;
  /** The visitor's language, BCP 47; null where it could not be told. */
  language: string | null;
  /** Null: answer from the sources' own sentences. */
  model: ModelConnection | null;
  /** Null: nobody can be asked for. */
  people: PeopleBehind | null;
  /** The reader draws suggestions as buttons; in the text they would stand twice. */
  drawsSuggestions: boolean;
}

export type AnswerPiece = Pick<EventPayload<'answer.delta'>, 'text' | 'citations' | 'unsupported'>;

export interface AnswerEnd {
  answered: boolean;
  suggestions: string[];
  /** 0 to 1, calibrated, where it is known. */
  confidence?: number;
  finishReason: EventPayload<'answer.completed'>['finishReason'];
}

/** A way to answer. Yields the text piece by piece with citations that resolve to spans of `passages`, and returns how it ended. */
export interface Answerer {
  answer(ctx: TenantContext, asked: AskedQuestion, passages: FoundPassage[], signal: AbortSignal): AsyncGenerator<AnswerPiece, AnswerEnd>;
}
