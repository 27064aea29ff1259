import { ActionIcon, Menu } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconCircleCheck, IconDots, IconDownload, IconEye, IconMessage, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { routes, type Source } from '@docent/contracts';
import { useApiMutation } from '../../api/queries';
import { useWorkspace } from '../../api/workspace';
import { useConfirm } from '../../ui/confirm';
import { MenuLink } from '../../ui/links';
import { notifyFailed } from '../../ui/notify';
import { DeletionProof } from './deletion-proof';
import { downloadSource } from './download-source';

/** What can be done with one source. */
export function SourceMenu({ source, botId, mayChange }: { source: Source; botId: string; mayChange: boolean }) {
  const { t } = useTranslation();
  const workspaceId = useWorkspace().id;
  const confirm = useConfirm();
  const remove = useApiMutation(routes.deleteSource, {
    stale: [routes.listSources, routes.usage],
    onSuccess: (receipt) =>
      void modals.open({
        title: t('knowledge.deleted'),
        children: <DeletionProof name={source.name} receipt={receipt} />,
        closeButtonProps: { 'aria-label': t('common.close') },
      }),
  });
  const askToDelete = () =>
    confirm({
      title: t('knowledge.deleteTitle'),
      children: t('knowledge.deleteText', { name: source.name }),
      confirm: t('common.delete'),
      onConfirm: () => remove.mutate({ params: { sourceId: source.id } }, { onError: notifyFailed }),
    });
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          loading={remove.isPending}
          aria-label={t('common.actionsFor', { name: source.name })}
        >
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {source.status === 'ready' && (
          <MenuLink
            to="/w/$workspaceId/bots/$botId/knowledge/$sourceId"
            params={{ workspaceId, botId, sourceId: source.id }}
            leftSection={<IconEye size={15} aria-hidden />}
          >
            {t('knowledge.viewText')}
          </MenuLink>
        )}
        {source.type === 'file' && (
          <Menu.Item
            leftSection={<IconDownload size={15} aria-hidden />}
            onClick={() => void downloadSource(workspaceId, source).catch(notifyFailed)}
          >
            {t('knowledge.download')}
          </Menu.Item>
        )}
        <SavedAnswerItems source={source} mayChange={mayChange} />
        {mayChange && (
          <Menu.Item color="var(--mantine-color-error)" leftSection={<IconTrash size={15} aria-hidden />} onClick={askToDelete}>
            {t('common.delete')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Of an answer that was saved in a conversation: to that conversation, and whether somebody has looked at it. */
function SavedAnswerItems({ source, mayChange }: { source: Source; mayChange: boolean }) {
  const { t } = useTranslation();
  const workspaceId = useWorkspace().id;
  const review = useApiMutation(routes.reviewSource, { stale: [routes.listSources] });
  if (!source.savedFrom) return null;
  const { conversationId, isReviewed } = source.savedFrom;
  const mark = () =>
    review.mutate({ params: { sourceId: source.id }, body: { reviewed: !isReviewed } }, { onError: notifyFailed });
  return (
    <>
      <MenuLink
        to="/w/$workspaceId/inbox/$conversationId"
        params={{ workspaceId, conversationId }}
        leftSection={<IconMessage size={15} aria-hidden />}
      >
        {t('knowledge.openConversation')}
      </MenuLink>
      {mayChange && (
        <Menu.Item leftSection={<IconCircleCheck size={15} aria-hidden />} onClick={mark}>
          {isReviewed ? t('knowledge.markUnreviewed') : t('knowledge.markReviewed')}
        </Menu.Item>
      )}
    </>
  );
}
