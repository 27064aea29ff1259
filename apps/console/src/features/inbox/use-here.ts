import { useCallback, useEffect, useRef } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { routes, type ConversationDetails, type Floor } from '@docent/contracts';
import { call } from '../../api/call';
import { keyOf } from '../../api/queries';
import { useCan, useWorkspace } from '../../api/workspace';
import { forgetUnread } from './forget-unread';

const beatMs = 10_000;
/** Typing is said again after this, as long as it goes on. */
const typingAgainMs = 3000;
const typingEndsMs = 4000;
/** An answer that is being written grows many times a second; it counts as read when it rests. */
const settlesMs = 300;

/**
 * Tells the server that this member looks at the conversation: renews the lease of whoever took it, marks what is on the screen as
 * read, and says typing. Returns what to call on every key stroke, and when what was typed is gone.
 */
export function useHere(conversationId: string, lastSeq: number) {
  const workspaceId = useWorkspace().id;
  const mayWrite = useCan('agent');
  const queryClient = useQueryClient();
  const typing = useRef<{ saidAt: number; end: ReturnType<typeof setTimeout> | undefined }>({ saidAt: 0, end: undefined });

  const say = useCallback(
    (body: { readSeq?: number; typing?: boolean }) => {
      if (!mayWrite) return;
      const params = { conversationId };
      call(routes.hereOnConversation, { params, body }, { workspaceId }).then(
        (floor) => {
          queryClient.setQueriesData<ConversationDetails>(
            { queryKey: keyOf(workspaceId, routes.conversationDetails, { params }) },
            (details) => details && withFloor(details, floor),
          );
          if (body.readSeq !== undefined) forgetUnread(queryClient, workspaceId, conversationId);
        },
        // A beat that is lost is followed by the next one.
        () => undefined,
      );
    },
    [mayWrite, conversationId, workspaceId, queryClient],
  );

  const newest = useRef(lastSeq);
  const beat = useCallback(() => {
    if (document.visibilityState === 'visible') say({ readSeq: newest.current });
  }, [say]);
  useEffect(() => {
    beat();
    const timer = setInterval(beat, beatMs);
    document.addEventListener('visibilitychange', beat);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', beat);
    };
  }, [beat]);
  useEffect(() => {
    if (newest.current === lastSeq) return;
    newest.current = lastSeq;
    const timer = setTimeout(beat, settlesMs);
    return () => clearTimeout(timer);
  }, [beat, lastSeq]);

  const stopTyping = useCallback(() => {
    const { current } = typing;
    clearTimeout(current.end);
    if (current.saidAt > 0) say({ typing: false });
    current.saidAt = 0;
  }, [say]);
  const onTyping = useCallback(() => {
    const { current } = typing;
    clearTimeout(current.end);
    current.end = setTimeout(stopTyping, typingEndsMs);
    if (Date.now() - current.saidAt < typingAgainMs) return;
    current.saidAt = Date.now();
    say({ typing: true });
  }, [say, stopTyping]);
  useEffect(() => stopTyping, [stopTyping]);
  return { onTyping, stopTyping };
}

function withFloor(details: ConversationDetails, { state, fence, assignee }: Floor): ConversationDetails {
  if (fence < details.fence) return details;
  return { ...details, fence, conversation: { ...details.conversation, state, assignee } };
}
