import { Center } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/empty-state';

/** Beside the lists, while no conversation is open. */
export function NoConversation() {
  const { t } = useTranslation();
  return (
    <Center h="100%">
      <EmptyState icon={IconInbox} title={t('conversations.choose')}>
        {t('inbox.chooseText')}
      </EmptyState>
    </Center>
  );
}
