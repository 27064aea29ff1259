import { useState } from 'react';
import { Button, Modal } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { routes } from '@docent/contracts';
import { useApiQuery } from '../../api/queries';
import { EmptyState } from '../../ui/empty-state';
import { Page } from '../../ui/page';
import { Panel } from '../../ui/panel';
import { QueryState } from '../../ui/query-state';
import { KeyExamples } from './key-examples';
import { KeyTable } from './key-table';
import { NewKeyDialog } from './new-key-dialog';

/** Keys for programs: made, shown once, revoked. */
export function ApiKeysPage() {
  const { t } = useTranslation();
  const keys = useApiQuery(routes.listApiKeys, {});
  const [isOpen, setIsOpen] = useState(false);
  const create = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setIsOpen(true)}>
      {t('apiKeys.new')}
    </Button>
  );
  return (
    <Page
      title={t('apiKeys.title')}
      description={t('apiKeys.description')}
      actions={keys.data && keys.data.items.length > 0 && create}
    >
      <Panel flush>
        <QueryState query={keys}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState icon={IconKey} title={t('apiKeys.none')} action={create}>
                {t('apiKeys.noneText')}
              </EmptyState>
            ) : (
              <KeyTable keys={items} />
            )
          }
        </QueryState>
      </Panel>
      <KeyExamples />
      <Modal
        opened={isOpen}
        onClose={() => setIsOpen(false)}
        title={t('apiKeys.new')}
        size="lg"
        closeOnClickOutside={false}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <NewKeyDialog onClose={() => setIsOpen(false)} />
      </Modal>
    </Page>
  );
}
