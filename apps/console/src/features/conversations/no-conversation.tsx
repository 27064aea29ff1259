import { Center } from '@mantine/core';
import { IconMessage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/empty-state';

/** Beside the list, while none is open. */
export function NoConversation() {
  const { t } = useTranslation();
  return (
    <Center h="100%">
      <EmptyState icon={IconMessage} title={t('conversations.choose')}>
        {t('conversations.chooseText')}
      </EmptyState>
    </Center>
  );
}
