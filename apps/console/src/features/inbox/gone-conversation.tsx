import { Center } from '@mantine/core';
import { IconMessageOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../../api/workspace';
import { EmptyState } from '../../ui/empty-state';
import { ButtonLink } from '../../ui/links';

/** In place of a conversation that was deleted, also while somebody was looking at it. */
export function GoneConversation() {
  const { t } = useTranslation();
  const workspaceId = useWorkspace().id;
  const back = (
    <ButtonLink to="/w/$workspaceId/inbox" params={{ workspaceId }} variant="default" size="sm">
      {t('inbox.back')}
    </ButtonLink>
  );
  return (
    <Center h="100%" role="status">
      <EmptyState icon={IconMessageOff} title={t('inbox.gone')} action={back}>
        {t('inbox.goneText')}
      </EmptyState>
    </Center>
  );
}
