import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { routes } from '@docent/contracts';
import { useApiMutation } from '../../api/queries';
import { useWorkspace } from '../../api/workspace';
import { useConfirm } from '../../ui/confirm';
import { notifyFailed } from '../../ui/notify';

/** Asks, deletes, and goes back to the list. */
export function useDeleteConversation(conversationId: string): () => void {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const workspaceId = useWorkspace().id;
  const confirm = useConfirm();
  const remove = useApiMutation(routes.deleteConversation, {
    stale: [routes.listInbox, routes.countInbox, routes.listConversations, routes.overview],
    onSuccess: () => void navigate({ to: '/w/$workspaceId/inbox', params: { workspaceId } }),
  });
  return () =>
    confirm({
      title: t('conversations.deleteTitle'),
      children: t('conversations.deleteText'),
      confirm: t('common.delete'),
      onConfirm: () => remove.mutate({ params: { conversationId } }, { onError: notifyFailed }),
    });
}
