import { useCallback, useEffect, useReducer, useState } from 'react';
import { routes, type ConversationEvent, type TranscriptEntry } from '@docent/contracts';
import { call } from '../../api/call';
import { followConversation } from '../../api/follow-conversation';
import { useWorkspace } from '../../api/workspace';
import { reduceTranscript } from '../../ui/transcript/reduce-transcript';

interface State {
  conversation: { id: string; lastSeq: number } | null;
  entries: readonly TranscriptEntry[];
}

type Action = { kind: 'began'; id: string; lastSeq: number } | { kind: 'event'; event: ConversationEvent } | { kind: 'restart' };

const empty: State = { conversation: null, entries: [] };

/** A conversation with a bot as its visitors would have it. It begins with the first question. */
export function usePlayground(botId: string) {
  const workspaceId = useWorkspace().id;
  const [state, dispatch] = useReducer(reduce, empty);
  const [error, setError] = useState<Error | null>(null);
  const [isSending, setIsSending] = useState(false);
  const { conversation, entries } = state;

  useEffect(() => {
    if (!conversation) return;
    const stop = new AbortController();
    followConversation({
      workspaceId,
      conversationId: conversation.id,
      after: conversation.lastSeq,
      onEvent: (event) => dispatch({ kind: 'event', event }),
      signal: stop.signal,
    }).catch(setError);
    return () => stop.abort();
  }, [workspaceId, conversation]);

  const conversationIdNow = conversation?.id;
  const ask = useCallback(
    async (text: string) => {
      setError(null);
      setIsSending(true);
      try {
        let conversationId = conversationIdNow;
        if (!conversationId) {
          const begun = await call(
            routes.createConversation,
            { params: { botId }, body: { locale: navigator.language } },
            { workspaceId },
          );
          conversationId = begun.id;
          dispatch({ kind: 'began', id: begun.id, lastSeq: begun.lastSeq });
        }
        await call(
          routes.sendMessage,
          { params: { conversationId }, body: { clientMessageId: crypto.randomUUID(), text } },
          { workspaceId },
        );
        return true;
      } catch (refusal) {
        setError(refusal instanceof Error ? refusal : new Error(String(refusal)));
        return false;
      } finally {
        setIsSending(false);
      }
    },
    [botId, workspaceId, conversationIdNow],
  );

  const last = entries.at(-1);
  const running = last?.role === 'assistant' && last.status === 'running' ? last.turnId : null;
  const stop = useCallback(() => {
    if (!conversation || !running) return;
    call(routes.stopTurn, { params: { conversationId: conversation.id, turnId: running } }, { workspaceId }).catch(setError);
  }, [conversation, running, workspaceId]);

  const restart = useCallback(() => {
    setError(null);
    dispatch({ kind: 'restart' });
  }, []);

  const isWaiting = isSending || last?.role === 'visitor' || running !== null;
  return {
    conversationId: conversation?.id ?? null,
    entries,
    isWaiting,
    isAnswering: running !== null,
    error,
    ask,
    stop,
    restart,
  };
}

function reduce(state: State, action: Action): State {
  switch (action.kind) {
    case 'began':
      return { conversation: { id: action.id, lastSeq: action.lastSeq }, entries: [] };
    case 'event':
      return { ...state, entries: reduceTranscript(state.entries, action.event) };
    case 'restart':
      return empty;
  }
}
