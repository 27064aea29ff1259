import type { ConversationGone } from '@docent/contracts';
import { AppError } from '@docent/platform';

const message = 'This conversation has been deleted.';

/** Nothing more comes: what readers of a conversation are told once it is deleted. */
export function lastWord(conversationId: string): ConversationGone {
  return { conversationId, code: 'not_found', message };
}

/** The same for whoever waits for an answer instead. */
export class ConversationGoneError extends AppError {
  constructor() {
    super('not_found', undefined, { message });
  }
}

/** What a visitor is told whose bot is not there, or not there any more. */
export class ChatGoneError extends AppError {
  constructor() {
    super('not_found', undefined, { message: 'This chat is not available any more.' });
  }
}
