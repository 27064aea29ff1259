import { useQueryClient } from '@tanstack/react-query';
import { routes, type ConversationDetails, type Route } from '@docent/contracts';
import { keyOf, useApiMutation, markStale } from '../../api/queries';
import { useWorkspace } from '../../api/workspace';
import { notifyFailed } from '../../ui/notify';

const shown: readonly Route[] = [routes.listInbox, routes.countInbox, routes.conversationDetails, routes.getConversation];

/**
 * What a member can do with a conversation. A refusal (somebody was faster) is told in words, and what is on the screen is read
 * again so that it shows how things stand now.
 */
export function useMoves(conversationId: string) {
  const workspaceId = useWorkspace().id;
  const queryClient = useQueryClient();
  const params = { conversationId };
  const onError = (error: Error) => {
    notifyFailed(error);
    for (const route of shown) void markStale(queryClient, workspaceId, route);
  };
  /** Shows a change before the server has confirmed it; what is read again afterwards has the last word. */
  const foresee = (part: Partial<ConversationDetails['conversation']>) =>
    queryClient.setQueriesData<ConversationDetails>(
      { queryKey: keyOf(workspaceId, routes.conversationDetails, { params }) },
      (details) => details && { ...details, conversation: { ...details.conversation, ...part } },
    );
  const take = useApiMutation(routes.takeConversation, { stale: shown });
  const release = useApiMutation(routes.releaseConversation, { stale: shown });
  const close = useApiMutation(routes.closeConversation, { stale: shown });
  const reopen = useApiMutation(routes.reopenConversation, { stale: shown });
  const assign = useApiMutation(routes.assignConversation, { stale: shown });
  const snooze = useApiMutation(routes.snoozeConversation, { stale: shown });
  const topic = useApiMutation(routes.setTopic, { stale: [...shown, routes.listTopics, routes.listConversations] });
  const tag = useApiMutation(routes.tagConversation, { stale: shown });
  return {
    isMoving: [take, release, close, reopen, assign].some(({ isPending }) => isPending),
    /** Resolves to the fence of the one who writes from now on; undefined when it was refused. */
    take: () =>
      take.mutateAsync({ params }).then(
        ({ fence }) => fence,
        (error: Error) => void onError(error),
      ),
    release: (to: 'bot' | 'queue') => release.mutate({ params, body: { to } }, { onError }),
    close: () => close.mutate({ params }, { onError }),
    reopen: () => reopen.mutate({ params }, { onError }),
    assign: (memberId: string | null) => assign.mutate({ params, body: { memberId } }, { onError }),
    snooze: (until: string | null) => {
      foresee({ snoozedUntil: until });
      snooze.mutate({ params, body: { until } }, { onError });
    },
    /** Null: drawn from the cited sources again. */
    setTopic: (name: string | null) => {
      foresee({ topic: name === null ? null : { name, from: 'member' } });
      topic.mutate({ params, body: { topic: name } }, { onError });
    },
    /** While this is so, what is read may not have the latest tags yet. */
    isTagging: tag.isPending,
    setTags: (tags: string[]) => {
      foresee({ tags });
      tag.mutate({ params, body: { tags } }, { onError });
    },
  };
}
