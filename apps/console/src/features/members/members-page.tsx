import { useState } from 'react';
import { Button, Modal } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { routes } from '@docent/contracts';
import { useApiQuery } from '../../api/queries';
import { useCan } from '../../api/workspace';
import { Page } from '../../ui/page';
import { Panel } from '../../ui/panel';
import { QueryState } from '../../ui/query-state';
import { InvitationTable } from './invitation-table';
import { InviteDialog } from './invite-dialog';
import { MemberTable } from './member-table';

/** Who works in this workspace, and who is invited. */
export function MembersPage() {
  const { t } = useTranslation();
  const members = useApiQuery(routes.listMembers, {});
  const mayChange = useCan('admin');
  const [isOpen, setIsOpen] = useState(false);
  const invite = mayChange && (
    <Button leftSection={<IconUserPlus size={16} />} onClick={() => setIsOpen(true)}>
      {t('members.invite')}
    </Button>
  );
  return (
    <Page title={t('members.title')} description={t('members.description')} actions={invite}>
      <QueryState query={members}>
        {(found) => (
          <>
            <Panel flush>
              <MemberTable members={found.members} mayChange={mayChange} />
            </Panel>
            {found.invitations.length > 0 && (
              <Panel title={t('members.invitations')} flush>
                <InvitationTable invitations={found.invitations} mayChange={mayChange} />
              </Panel>
            )}
          </>
        )}
      </QueryState>
      <Modal
        opened={isOpen}
        onClose={() => setIsOpen(false)}
        title={t('members.invite')}
        size="lg"
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <InviteDialog onClose={() => setIsOpen(false)} />
      </Modal>
    </Page>
  );
}
