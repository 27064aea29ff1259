import { Badge, Button, Code, Group, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { routes, type ApiKey } from '@docent/contracts';
import { useApiMutation } from '../../api/queries';
import { useConfirm } from '../../ui/confirm';
import { useFormat } from '../../ui/format';
import { notifyDone, notifyFailed } from '../../ui/notify';
import { WideTable } from '../../ui/wide-table';

/** The keys without their secrets. */
export function KeyTable({ keys }: { keys: ApiKey[] }) {
  const { t } = useTranslation();
  return (
    <WideTable label={t('apiKeys.title')} minWidth={600}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('common.name')}</Table.Th>
          <Table.Th scope="col">{t('apiKeys.scopes')}</Table.Th>
          <Table.Th scope="col">{t('apiKeys.lastUsed')}</Table.Th>
          <Table.Th scope="col">{t('apiKeys.actions')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {keys.map((key) => (
          <KeyRow key={key.id} apiKey={key} />
        ))}
      </Table.Tbody>
    </WideTable>
  );
}

function KeyRow({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation();
  const format = useFormat();
  const confirm = useConfirm();
  const revoke = useApiMutation(routes.revokeApiKey, {
    stale: [routes.listApiKeys],
    onSuccess: () => notifyDone(t('apiKeys.revoked', { name: apiKey.name })),
  });
  const ask = () =>
    confirm({
      title: t('apiKeys.revokeTitle', { name: apiKey.name }),
      children: t('apiKeys.revokeText'),
      confirm: t('apiKeys.revoke'),
      onConfirm: () => revoke.mutate({ params: { keyId: apiKey.id } }, { onError: notifyFailed }),
    });
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" fw={500}>
          {apiKey.name}
        </Text>
        <Code>{apiKey.prefix}…</Code>
      </Table.Td>
      <Table.Td>
        <Group gap={4}>
          {apiKey.scopes.map((scope) => (
            <Badge key={scope} variant="default" size="sm" tt="none" fw={500}>
              {scope}
            </Badge>
          ))}
        </Group>
      </Table.Td>
      <Table.Td>
        <Text size="sm">{apiKey.lastUsedAt ? format.ago(apiKey.lastUsedAt) : t('common.never')}</Text>
        <Text size="xs" c="dimmed">
          {t('apiKeys.made', { date: format.date(apiKey.createdAt) })}
        </Text>
      </Table.Td>
      <Table.Td>
        <Button
          size="xs"
          variant="default"
          loading={revoke.isPending}
          onClick={ask}
          aria-label={t('apiKeys.revokeNamed', { name: apiKey.name })}
        >
          {t('apiKeys.revoke')}
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}
