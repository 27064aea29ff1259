import { Button, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { routes, type Invitation } from '@docent/contracts';
import { useApiMutation } from '../../api/queries';
import { useFormat } from '../../ui/format';
import { notifyDone, notifyFailed } from '../../ui/notify';
import { WideTable } from '../../ui/wide-table';

/** Invitations that nobody has accepted yet. */
export function InvitationTable({ invitations, mayChange }: { invitations: Invitation[]; mayChange: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const revoke = useApiMutation(routes.revokeInvitation, {
    stale: [routes.listMembers, routes.usage],
    onSuccess: () => notifyDone(t('members.withdrawn')),
  });
  return (
    <WideTable label={t('members.invitations')} minWidth={480}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('account.email')}</Table.Th>
          <Table.Th scope="col">{t('members.role')}</Table.Th>
          <Table.Th scope="col">{t('members.expires')}</Table.Th>
          {mayChange && <Table.Th scope="col">{t('apiKeys.actions')}</Table.Th>}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {invitations.map((invitation) => (
          <Table.Tr key={invitation.id}>
            <Table.Td>{invitation.email}</Table.Td>
            <Table.Td>{t(`members.roles.${invitation.role}`)}</Table.Td>
            <Table.Td>
              <Text size="sm">{format.ago(invitation.expiresAt)}</Text>
            </Table.Td>
            {mayChange && (
              <Table.Td>
                <Button
                  size="xs"
                  variant="default"
                  aria-label={t('members.withdrawNamed', { email: invitation.email })}
                  loading={revoke.isPending && revoke.variables.params.invitationId === invitation.id}
                  onClick={() => revoke.mutate({ params: { invitationId: invitation.id } }, { onError: notifyFailed })}
                >
                  {t('members.withdraw')}
                </Button>
              </Table.Td>
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}
