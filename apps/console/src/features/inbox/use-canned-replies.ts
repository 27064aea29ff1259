import { useId, useState, type KeyboardEvent, type RefObject, type SyntheticEvent } from 'react';
import { routes, type CannedReply } from '@docent/contracts';
import { useApiQuery } from '../../api/queries';
import { findSlashWord } from './find-slash-word';

const mostShown = 8;

/**
 * Prepared replies while one types: `/` opens the list, more letters narrow it, arrows choose, Enter or Tab puts the reply in the
 * place of the word, Escape closes it. Follows the ARIA pattern of a text field with a list (`aria-activedescendant`).
 */
export function useCannedReplies(text: string, input: RefObject<HTMLTextAreaElement | null>, onText: (text: string) => void) {
  const listId = useId();
  const [caret, setCaret] = useState(0);
  const [chosen, setChosen] = useState(0);
  const [closedAt, setClosedAt] = useState<string | null>(null);
  const all = useApiQuery(routes.listCannedReplies, {});
  const slash = findSlashWord(text, Math.min(caret, text.length));
  const word = slash?.word.toLowerCase() ?? '';
  const matches = slash ? rank(all.data?.items ?? [], word).slice(0, mostShown) : [];
  const isOpen = slash !== undefined && closedAt !== text && all.data !== undefined;
  const active = Math.min(chosen, Math.max(matches.length - 1, 0));

  const choose = (reply: CannedReply) => {
    if (!slash) return;
    const before = text.slice(0, slash.start) + reply.text;
    onText(before + text.slice(slash.start + 1 + slash.word.length));
    setChosen(0);
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(before.length, before.length);
    });
  };
  /** True when the key was for the list. */
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (!isOpen || event.nativeEvent.isComposing) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const reply = matches[active];
    if (step && matches.length > 0) setChosen((active + step + matches.length) % matches.length);
    else if ((event.key === 'Enter' || event.key === 'Tab') && reply) choose(reply);
    else if (event.key === 'Escape') setClosedAt(text);
    else return false;
    event.preventDefault();
    return true;
  };
  return {
    isOpen,
    matches,
    active,
    listId,
    /** There is none at all yet. */
    isEmpty: all.data?.items.length === 0,
    choose,
    onKeyDown,
    onSelect: (event: SyntheticEvent<HTMLTextAreaElement>) => setCaret(event.currentTarget.selectionStart),
    onBlur: () => setClosedAt(text),
    inputProps: {
      'aria-autocomplete': 'list' as const,
      'aria-controls': isOpen ? listId : undefined,
      'aria-activedescendant': isOpen && matches.length > 0 ? `${listId}-${active}` : undefined,
    },
  };
}
export type CannedReplies = ReturnType<typeof useCannedReplies>;

/** Those whose shortcut begins with the word, then those that carry it anywhere. */
function rank(replies: readonly CannedReply[], word: string): CannedReply[] {
  const begins = replies.filter(({ shortcut }) => shortcut.toLowerCase().startsWith(word));
  const carries = replies.filter(
    (reply) => !begins.includes(reply) && `${reply.shortcut} ${reply.text}`.toLowerCase().includes(word),
  );
  return [...begins, ...carries];
}
