import { fileTexts } from './answer/file-texts';
import type { Answerer } from './answerer';
import { handoverTexts } from './handover/handover-texts';

/** Answers a message that brings files and no words: the bot says that it cannot read them, and that a person could. */
export const fileAnswerer: Answerer = {
  async *answer(_ctx, { language, people }) {
    const { cannotRead, personCanLook } = fileTexts(language);
    const text = people?.isAwaited ? handoverTexts(language).passedOn : people ? `${cannotRead} ${personCanLook}` : cannotRead;
    yield { text };
    return { answered: false, suggestions: [], finishReason: 'stop' };
  },
};
