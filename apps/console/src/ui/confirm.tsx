import type { ReactNode } from 'react';
import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useTranslation } from 'react-i18next';

interface Question {
  title: string;
  children: ReactNode;
  /** The verb on the red button. */
  confirm: string;
  onConfirm: () => void;
}

/** Asks before something that cannot be taken back. */
export function useConfirm(): (question: Question) => void {
  const { t } = useTranslation();
  return ({ title, children, confirm, onConfirm }) =>
    modals.openConfirmModal({
      title: <Text fw={600}>{title}</Text>,
      children: (
        <Text size="sm" component="div">
          {children}
        </Text>
      ),
      labels: { confirm, cancel: t('common.cancel') },
      confirmProps: { color: 'red.9' },
      onConfirm,
      closeButtonProps: { 'aria-label': t('common.close') },
    });
}
