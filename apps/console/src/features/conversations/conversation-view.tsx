import { ActionIcon, Group, Menu, Text, Title } from '@mantine/core';
import { IconArrowLeft, IconDots, IconInbox, IconTrash } from '@tabler/icons-react';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { routes, type Conversation } from '@docent/contracts';
import { useApiMutation, useApiQuery } from '../../api/queries';
import { useCan, useWorkspace } from '../../api/workspace';
import { useConfirm } from '../../ui/confirm';
import { useFormat } from '../../ui/format';
import { ButtonLink, TextLink } from '../../ui/links';
import { notifyFailed } from '../../ui/notify';
import { QueryState } from '../../ui/query-state';
import { Transcript } from '../../ui/transcript/transcript';
import classes from './conversations.module.css';

/** One conversation: where it took place, what was said, which passages carried it. Grows while the visitor talks. */
export function ConversationView() {
  const { t } = useTranslation();
  const params = useParams({ from: '/w/$workspaceId/conversations/$conversationId' });
  const conversation = useApiQuery(routes.getConversation, { params: { conversationId: params.conversationId } });
  return (
    <article className={classes.view}>
      <TextLink
        to="/w/$workspaceId/conversations"
        params={params}
        search={(before) => before}
        size="sm"
        c="dimmed"
        className={classes.back}
      >
        <Group gap={6}>
          <IconArrowLeft size={15} aria-hidden /> {t('conversations.title')}
        </Group>
      </TextLink>
      <QueryState query={conversation}>
        {(found) => (
          <>
            <Head conversation={found} />
            <Transcript conversationId={found.id} botId={found.botId} entries={found.transcript} />
          </>
        )}
      </QueryState>
    </article>
  );
}

function Head({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const workspaceId = useWorkspace().id;
  const mayDelete = useCan('admin');
  const format = useFormat();
  const facts = [
    t(`conversations.channel.${conversation.channel}`),
    format.dateTime(conversation.createdAt),
    conversation.locale,
  ].filter(Boolean);
  return (
    <header className={classes.viewHead}>
      <div>
        <Title order={1} size="h2">
          {conversation.title || t('conversations.untitled')}
        </Title>
        <Text size="sm" c="dimmed" mt={4}>
          {facts.join(' · ')}
        </Text>
        {conversation.pageUrl && (
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {t('conversations.onPage', { page: conversation.pageUrl })}
          </Text>
        )}
      </div>
      <Group gap={6} wrap="nowrap" flex="none">
        <ButtonLink
          to="/w/$workspaceId/inbox/$conversationId"
          params={{ workspaceId, conversationId: conversation.id }}
          size="xs"
          variant="default"
          leftSection={<IconInbox size={15} aria-hidden />}
        >
          {t('conversations.inInbox')}
        </ButtonLink>
        {mayDelete && <Actions conversation={conversation} />}
      </Group>
    </header>
  );
}

function Actions({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const navigate = useNavigate({ from: '/w/$workspaceId/conversations/$conversationId' });
  const confirm = useConfirm();
  const remove = useApiMutation(routes.deleteConversation, {
    stale: [routes.listConversations, routes.overview],
    onSuccess: () => void navigate({ to: '/w/$workspaceId/conversations', search: (before) => before }),
  });
  const ask = () =>
    confirm({
      title: t('conversations.deleteTitle'),
      children: t('conversations.deleteText'),
      confirm: t('common.delete'),
      onConfirm: () => remove.mutate({ params: { conversationId: conversation.id } }, { onError: notifyFailed }),
    });
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('conversations.actions')} loading={remove.isPending}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item color="var(--mantine-color-error)" leftSection={<IconTrash size={15} aria-hidden />} onClick={ask}>
          {t('conversations.delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
