import type { KeyboardEvent } from 'react';

/** Enter sends, Shift+Enter begins a new line; while an input method composes a word, Enter belongs to it. */
export function isSendKey(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing;
}
