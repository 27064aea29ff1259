import { Avatar, Button, Group, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { routes, type Member } from '@docent/contracts';
import { meQuery } from '../../api/account';
import { useApiMutation } from '../../api/queries';
import { useConfirm } from '../../ui/confirm';
import { useFormat } from '../../ui/format';
import { notifyDone, notifyFailed } from '../../ui/notify';
import { WideTable } from '../../ui/wide-table';
import { RoleSelect } from './role-select';

/** Members with their roles. Oneself is shown, but can be neither changed nor removed here. */
export function MemberTable({ members, mayChange }: { members: Member[]; mayChange: boolean }) {
  const { t } = useTranslation();
  const me = useQuery(meQuery);
  return (
    <WideTable label={t('members.title')} minWidth={480}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('members.person')}</Table.Th>
          <Table.Th scope="col">{t('members.role')}</Table.Th>
          <Table.Th scope="col" visibleFrom="sm">
            {t('members.joined')}
          </Table.Th>
          {mayChange && <Table.Th scope="col">{t('apiKeys.actions')}</Table.Th>}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {members.map((member) => (
          <MemberRow key={member.id} member={member} mayChange={mayChange} isMe={member.personId === me.data?.person.id} />
        ))}
      </Table.Tbody>
    </WideTable>
  );
}

function MemberRow({ member, mayChange, isMe }: { member: Member; mayChange: boolean; isMe: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const confirm = useConfirm();
  const change = useApiMutation(routes.changeMember, { stale: [routes.listMembers] });
  const remove = useApiMutation(routes.removeMember, {
    stale: [routes.listMembers, routes.usage],
    onSuccess: () => notifyDone(t('members.removed', { name: member.name })),
  });
  const params = { memberId: member.id };
  const ask = () =>
    confirm({
      title: t('members.removeTitle', { name: member.name }),
      children: t('members.removeText'),
      confirm: t('common.remove'),
      onConfirm: () => remove.mutate({ params }, { onError: notifyFailed }),
    });
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="sm" wrap="nowrap">
          <Avatar name={member.name} size={32} radius="xl" aria-hidden />
          <div>
            <Text size="sm" fw={500}>
              {isMe ? t('members.you', { name: member.name }) : member.name}
            </Text>
            <Text size="xs" c="dimmed">
              {member.email}
            </Text>
          </div>
        </Group>
      </Table.Td>
      <Table.Td>
        {mayChange && !isMe ? (
          <RoleSelect
            label={t('members.roleOf', { name: member.name })}
            value={member.role}
            disabled={change.isPending}
            onChange={(role) =>
              change.mutate({ params, body: { role } }, { onError: notifyFailed, onSuccess: () => notifyDone(t('common.saved')) })
            }
          />
        ) : (
          <Text size="sm">{t(`members.roles.${member.role}`)}</Text>
        )}
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Text size="sm">{format.date(member.joinedAt)}</Text>
      </Table.Td>
      {mayChange && (
        <Table.Td>
          {!isMe && (
            <Button
              size="xs"
              variant="default"
              loading={remove.isPending}
              onClick={ask}
              aria-label={t('members.removeNamed', { name: member.name })}
            >
              {t('common.remove')}
            </Button>
          )}
        </Table.Td>
      )}
    </Table.Tr>
  );
}
