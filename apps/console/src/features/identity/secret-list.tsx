import { useState } from 'react';
import { ActionIcon, Alert, Button, Group, Modal, Stack, Table, Text, VisuallyHidden } from '@mantine/core';
import { IconKey, IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { routes, type IdentitySecret } from '@docent/contracts';
import { useApiMutation } from '../../api/queries';
import { CodeBlock } from '../../ui/code-block';
import { useConfirm } from '../../ui/confirm';
import { EmptyState } from '../../ui/empty-state';
import { useFormat } from '../../ui/format';
import { notifyFailed } from '../../ui/notify';
import { Panel } from '../../ui/panel';
import { WideTable } from '../../ui/wide-table';

const mostLive = 2;

/** The secrets that sign identities. Two may be live, so that one can be replaced while the other still holds. */
export function SecretList({ botId, secrets }: { botId: string; secrets: IdentitySecret[] }) {
  const { t } = useTranslation();
  const [secret, setSecret] = useState<string | null>(null);
  const create = useApiMutation(routes.createIdentitySecret, {
    stale: [routes.listIdentitySecrets],
    onSuccess: (created) => setSecret(created.secret),
  });
  const add = (
    <Button
      leftSection={<IconPlus size={16} aria-hidden />}
      loading={create.isPending}
      disabled={secrets.length >= mostLive}
      onClick={() => create.mutate({ params: { botId } }, { onError: notifyFailed })}
    >
      {t('identity.new')}
    </Button>
  );
  return (
    <Panel title={t('identity.secrets')} description={t('identity.secretsHint')} actions={secrets.length > 0 && add} flush>
      {secrets.length === 0 ? (
        <EmptyState icon={IconKey} title={t('identity.none')} action={add}>
          {t('identity.noneText')}
        </EmptyState>
      ) : (
        <SecretTable botId={botId} secrets={secrets} />
      )}
      <Modal
        opened={secret !== null}
        onClose={() => setSecret(null)}
        title={t('identity.created')}
        size="lg"
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <Stack>
          <Alert color="orange" variant="default" icon={<IconKey />}>
            {t('identity.once')}
          </Alert>
          {secret && <CodeBlock label={t('identity.secret')} code={secret} />}
          <Group justify="flex-end">
            <Button onClick={() => setSecret(null)}>{t('common.done')}</Button>
          </Group>
        </Stack>
      </Modal>
    </Panel>
  );
}

function SecretTable({ botId, secrets }: { botId: string; secrets: IdentitySecret[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const confirm = useConfirm();
  const remove = useApiMutation(routes.deleteIdentitySecret, { stale: [routes.listIdentitySecrets] });
  const ask = ({ id, prefix }: IdentitySecret) =>
    confirm({
      title: t('identity.endTitle', { prefix }),
      children: t('identity.endText'),
      confirm: t('identity.end'),
      onConfirm: () => remove.mutate({ params: { botId, secretId: id } }, { onError: notifyFailed }),
    });
  return (
    <WideTable label={t('identity.secrets')} minWidth={480}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('identity.secret')}</Table.Th>
          <Table.Th>{t('identity.createdAt')}</Table.Th>
          <Table.Th>{t('identity.lastUsed')}</Table.Th>
          <Table.Th w={60}>
            <VisuallyHidden>{t('identity.end')}</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {secrets.map((secret) => (
          <Table.Tr key={secret.id}>
            <Table.Td>
              <Text ff="monospace" size="sm">
                {secret.prefix}…
              </Text>
            </Table.Td>
            <Table.Td>{format.date(secret.createdAt)}</Table.Td>
            <Table.Td>{secret.lastUsedAt ? format.ago(secret.lastUsedAt) : t('common.never')}</Table.Td>
            <Table.Td>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('identity.endNamed', { prefix: secret.prefix })}
                loading={remove.isPending}
                onClick={() => ask(secret)}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}
