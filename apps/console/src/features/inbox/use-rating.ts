import { routes, type Rating } from '@docent/contracts';
import { useApiMutation } from '../../api/queries';
import { notifyFailed } from '../../ui/notify';

/** Rates an answer of the bot for the workspace: what is rated down is looked at, what is rated up is learned from. */
export function useRating(conversationId: string) {
  const { mutate } = useApiMutation(routes.rateTurn, { stale: [routes.getConversation, routes.listConversations, routes.overview] });
  return (turnId: string, rating: Rating | null) =>
    mutate({ params: { conversationId, turnId }, body: { rating } }, { onError: notifyFailed });
}
