import { useState } from 'react';
import { ActionIcon, Button, Group, Modal, Table, Text, VisuallyHidden } from '@mantine/core';
import { IconMessage2Bolt, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { routes, type CannedReply } from '@docent/contracts';
import { useApiMutation, useApiQuery } from '../../api/queries';
import { useCan } from '../../api/workspace';
import { useConfirm } from '../../ui/confirm';
import { EmptyState } from '../../ui/empty-state';
import { notifyFailed } from '../../ui/notify';
import { Page } from '../../ui/page';
import { Panel } from '../../ui/panel';
import { QueryState } from '../../ui/query-state';
import { WideTable } from '../../ui/wide-table';
import { PreparedReplyForm } from './prepared-reply-form';

/** Replies that every member of the workspace can insert with `/`. */
export function PreparedRepliesPage() {
  const { t } = useTranslation();
  const replies = useApiQuery(routes.listCannedReplies, {});
  const mayChange = useCan('agent');
  const [open, setOpen] = useState<CannedReply | 'new' | null>(null);
  const add = mayChange && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setOpen('new')}>
      {t('preparedReplies.new')}
    </Button>
  );
  return (
    <Page
      title={t('preparedReplies.title')}
      description={t('preparedReplies.description')}
      actions={replies.data && replies.data.items.length > 0 && add}
    >
      <QueryState query={replies}>
        {({ items }) => (
          <Panel flush>
            {items.length === 0 ? (
              <EmptyState icon={IconMessage2Bolt} title={t('preparedReplies.none')} action={add}>
                {t('preparedReplies.noneText')}
              </EmptyState>
            ) : (
              <ReplyTable items={items} onEdit={mayChange ? setOpen : undefined} />
            )}
          </Panel>
        )}
      </QueryState>
      <Modal
        opened={open !== null}
        onClose={() => setOpen(null)}
        title={open === 'new' ? t('preparedReplies.new') : t('preparedReplies.edit')}
        size="lg"
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {open !== null && <PreparedReplyForm reply={open === 'new' ? undefined : open} onDone={() => setOpen(null)} />}
      </Modal>
    </Page>
  );
}

function ReplyTable({ items, onEdit }: { items: CannedReply[]; onEdit: ((reply: CannedReply) => void) | undefined }) {
  const { t } = useTranslation();
  return (
    <WideTable label={t('preparedReplies.title')} minWidth={520}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={180}>{t('preparedReplies.shortcut')}</Table.Th>
          <Table.Th>{t('preparedReplies.text')}</Table.Th>
          {onEdit && (
            <Table.Th w={90}>
              <VisuallyHidden>{t('preparedReplies.change')}</VisuallyHidden>
            </Table.Th>
          )}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items
          .toSorted((a, b) => a.shortcut.localeCompare(b.shortcut))
          .map((reply) => (
            <Table.Tr key={reply.id}>
              <Table.Td>
                <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
                  /{reply.shortcut}
                </Text>
              </Table.Td>
              <Table.Td>
                <Text size="sm" lineClamp={2}>
                  {reply.text}
                </Text>
              </Table.Td>
              {onEdit && (
                <Table.Td>
                  <RowActions reply={reply} onEdit={onEdit} />
                </Table.Td>
              )}
            </Table.Tr>
          ))}
      </Table.Tbody>
    </WideTable>
  );
}

function RowActions({ reply, onEdit }: { reply: CannedReply; onEdit: (reply: CannedReply) => void }) {
  const { t } = useTranslation();
  const confirm = useConfirm();
  const name = `/${reply.shortcut}`;
  const remove = useApiMutation(routes.deleteCannedReply, { stale: [routes.listCannedReplies] });
  const ask = () =>
    confirm({
      title: t('preparedReplies.deleteTitle', { name }),
      children: t('preparedReplies.deleteText'),
      confirm: t('common.delete'),
      onConfirm: () => remove.mutate({ params: { cannedReplyId: reply.id } }, { onError: notifyFailed }),
    });
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      <ActionIcon variant="subtle" color="gray" aria-label={t('preparedReplies.editNamed', { name })} onClick={() => onEdit(reply)}>
        <IconPencil size={16} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('preparedReplies.deleteNamed', { name })}
        loading={remove.isPending}
        onClick={ask}
      >
        <IconTrash size={16} />
      </ActionIcon>
    </Group>
  );
}
