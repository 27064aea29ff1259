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
