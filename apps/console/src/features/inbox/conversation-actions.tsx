import { ActionIcon, Button, Menu } from '@mantine/core';
import {
  IconArrowBackUp,
  IconCheck,
  IconClockPause,
  IconClockPlay,
  IconDots,
  IconHandStop,
  IconRobot,
  IconTrash,
  IconUserCheck,
  IconUserOff,
  IconUsers,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { handoverTable, routes, type ConversationDetails } from '@docent/contracts';
import { useApiQuery } from '../../api/queries';
import { useCan } from '../../api/workspace';
import { useFormat } from '../../ui/format';
import { snoozePresets } from './snooze-presets';
import { useDeleteConversation } from './use-delete-conversation';
import { useMoves } from './use-moves';
import { useIsMe } from './use-myself';

/** Take over, close, and the rest in a menu. Which moves there are says the machine's own table. */
export function ConversationActions({ details }: { details: ConversationDetails }) {
  const { t } = useTranslation();
  const isMe = useIsMe();
  const { id, state, assignee } = details.conversation;
  const moves = useMoves(id);
  const mayMove = useCan('agent');
  const can = handoverTable[state];
  const isMine = state === 'human' && isMe(assignee);
  if (!mayMove) return null;
  return (
    <>
      {can.take && !isMine && (
        <Button
          size="xs"
          leftSection={<IconHandStop size={15} aria-hidden />}
          loading={moves.isMoving}
          onClick={() => void moves.take()}
        >
          {t('inbox.take')}
        </Button>
      )}
      {isMine && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconCheck size={15} aria-hidden />}
          loading={moves.isMoving}
          onClick={moves.close}
        >
          {t('inbox.close')}
        </Button>
      )}
      <Menu position="bottom-end" width={250}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={34} aria-label={t('conversations.actions')}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {can.release && (
            <Menu.Item leftSection={<IconRobot size={16} aria-hidden />} onClick={() => moves.release('bot')}>
              {t('inbox.toBot')}
            </Menu.Item>
          )}
          {can.requeue && (
            <Menu.Item leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={() => moves.release('queue')}>
              {t('inbox.toQueue')}
            </Menu.Item>
          )}
          {can.close && !isMine && (
            <Menu.Item leftSection={<IconCheck size={16} aria-hidden />} onClick={moves.close}>
              {t('inbox.close')}
            </Menu.Item>
          )}
          {can.reopen && (
            <Menu.Item leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={moves.reopen}>
              {t('inbox.reopen')}
            </Menu.Item>
          )}
          <AssignItem details={details} />
          <SnoozeItem details={details} />
          <DeleteItem conversationId={id} />
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

function AssignItem({ details }: { details: ConversationDetails }) {
  const { t } = useTranslation();
  const { id, assignee } = details.conversation;
  const moves = useMoves(id);
  const members = useApiQuery(routes.listMembers, {});
  const writers = members.data?.members.filter(({ role }) => role !== 'viewer') ?? [];
  return (
    <Menu.Sub position="left-start">
      <Menu.Sub.Target>
        <Menu.Sub.Item leftSection={<IconUsers size={16} aria-hidden />}>{t('inbox.assign')}</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown>
        {writers.map((member) => {
          const has = assignee?.id === member.id || assignee?.id === member.personId;
          return (
            <Menu.Item
              key={member.id}
              leftSection={has ? <IconUserCheck size={16} aria-hidden /> : <span style={{ width: 16 }} />}
              onClick={() => moves.assign(member.id)}
            >
              {member.name}
            </Menu.Item>
          );
        })}
        {assignee && (
          <Menu.Item leftSection={<IconUserOff size={16} aria-hidden />} onClick={() => moves.assign(null)}>
            {t('inbox.assignNobody')}
          </Menu.Item>
        )}
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  );
}

function SnoozeItem({ details }: { details: ConversationDetails }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { id, snoozedUntil } = details.conversation;
  const moves = useMoves(id);
  if (snoozedUntil) {
    return (
      <Menu.Item leftSection={<IconClockPlay size={16} aria-hidden />} onClick={() => moves.snooze(null)}>
        {t('inbox.wake')}
      </Menu.Item>
    );
  }
  return (
    <Menu.Sub position="left-start">
      <Menu.Sub.Target>
        <Menu.Sub.Item leftSection={<IconClockPause size={16} aria-hidden />}>{t('inbox.snooze')}</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown>
        {snoozePresets(new Date()).map(({ name, until }) => (
          <Menu.Item key={name} onClick={() => moves.snooze(until.toISOString())}>
            {t(`inbox.snoozeFor.${name}`)} · {format.dateTime(until.toISOString())}
          </Menu.Item>
        ))}
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  );
}

function DeleteItem({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation();
  const ask = useDeleteConversation(conversationId);
  if (!useCan('admin')) return null;
  return (
    <>
      <Menu.Divider />
      <Menu.Item color="var(--mantine-color-error)" leftSection={<IconTrash size={16} aria-hidden />} onClick={ask}>
        {t('conversations.delete')}
      </Menu.Item>
    </>
  );
}
