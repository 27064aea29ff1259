import { useCallback, useEffect, useMemo, useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { routes, type Conversation, type ConversationDetails, type ConversationEvent } from '@docent/contracts';
import type { ApiError } from '../../api/api-error';
import { call } from '../../api/call';
import { followConversation, type Presence } from '../../api/follow-conversation';
import { keyOf, markStale } from '../../api/queries';
import { useWorkspace } from '../../api/workspace';
import { reduceTranscript } from '../../ui/transcript/reduce-transcript';
import { useTyping } from './use-typing';

/**
 * A conversation that grows as its log does. The stream writes into the query cache; an answer that was read meanwhile never
 * takes back what the stream has already told. `onSaid` hears the name that its writer gave to each new message.
 */
export function useLiveConversation(conversationId: string, onSaid: (clientMessageId: string) => void) {
  const workspaceId = useWorkspace().id;
  const queryClient = useQueryClient();
  const [isConnected, setIsConnected] = useState(true);
  const [typing, tellTyping] = useTyping(conversationId);
  const queryKey = useMemo(
    () => [...keyOf(workspaceId, routes.getConversation, { params: { conversationId } }), 'live'],
    [workspaceId, conversationId],
  );
  const query = useQuery<Conversation, ApiError>({
    queryKey,
    queryFn: async ({ signal }) => {
      const read = await call(routes.getConversation, { params: { conversationId } }, { workspaceId, signal });
      const known = queryClient.getQueryData<Conversation>(queryKey);
      return known && known.lastSeq > read.lastSeq ? known : read;
    },
  });

  const onEvent = useCallback(
    (event: ConversationEvent) => {
      queryClient.setQueryData<Conversation>(queryKey, (known) => known && withEvent(known, event));
      if (event.type === 'message') {
        tellTyping(event.data.role === 'agent' ? 'agent' : 'visitor', null);
        if (event.data.clientMessageId) onSaid(event.data.clientMessageId);
      }
      if (event.type === 'handover') void markStale(queryClient, workspaceId, routes.conversationDetails, { conversationId });
    },
    [queryClient, queryKey, workspaceId, conversationId, tellTyping, onSaid],
  );
  const onPresence = useCallback(
    (presence: Presence) => {
      if (presence.kind === 'typing') tellTyping(presence.by, presence.on === false ? null : (presence.name ?? ''));
      if (presence.kind !== 'read' || presence.seq === undefined) return;
      const { by, seq } = presence;
      queryClient.setQueriesData<ConversationDetails>(
        { queryKey: keyOf(workspaceId, routes.conversationDetails, { params: { conversationId } }) },
        (details) => details && withRead(details, by, seq),
      );
    },
    [queryClient, workspaceId, conversationId, tellTyping],
  );

  const isRead = query.data !== undefined;
  useEffect(() => {
    const known = isRead ? queryClient.getQueryData<Conversation>(queryKey) : undefined;
    if (!known) return;
    const stop = new AbortController();
    followConversation({
      workspaceId,
      conversationId,
      after: known.lastSeq,
      onEvent,
      onPresence,
      onConnected: setIsConnected,
      signal: stop.signal,
    }).catch(() => void queryClient.invalidateQueries({ queryKey }));
    return () => stop.abort();
  }, [isRead, workspaceId, conversationId, queryClient, queryKey, onEvent, onPresence]);

  return { query, isConnected, typing };
}

function withEvent(known: Conversation, event: ConversationEvent): Conversation {
  if (event.seq <= known.lastSeq) return known;
  const transcript = [...reduceTranscript(known.transcript, event)];
  const state = event.type === 'handover' ? event.data.state : known.state;
  return { ...known, transcript, state, lastSeq: event.seq };
}

function withRead(details: ConversationDetails, by: Presence['by'], seq: number): ConversationDetails {
  return by === 'visitor'
    ? { ...details, visitorReadSeq: Math.max(details.visitorReadSeq, seq) }
    : { ...details, agentReadSeq: Math.max(details.agentReadSeq, seq) };
}
