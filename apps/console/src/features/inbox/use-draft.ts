import { useCallback, useState } from 'react';

const keyOf = (conversationId: string) => `docent.draft.${conversationId}`;

/** What is being written, kept per conversation while the tab lives: switching back and forth or reloading loses no word. */
export function useDraft(conversationId: string): [string, (text: string) => void] {
  const [draft, setDraft] = useState(() => read(conversationId));
  const change = useCallback(
    (text: string) => {
      setDraft(text);
      try {
        if (text) sessionStorage.setItem(keyOf(conversationId), text);
        else sessionStorage.removeItem(keyOf(conversationId));
      } catch {
        // Without storage the draft lives as long as the page.
      }
    },
    [conversationId],
  );
  return [draft, change];
}

function read(conversationId: string): string {
  try {
    return sessionStorage.getItem(keyOf(conversationId)) ?? '';
  } catch {
    return '';
  }
}
