import { Stack, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { routes } from '@docent/contracts';
import { useApiQuery } from '../../api/queries';
import { useCan } from '../../api/workspace';
import { Panel } from '../../ui/panel';
import { QueryState } from '../../ui/query-state';
import { IdentityExample } from './identity-example';
import { RefusalList } from './refusal-list';
import { SecretList } from './secret-list';

/** The tab "Identity" of a bot: how a website vouches for who its visitors are. */
export function IdentityPage() {
  const { t } = useTranslation();
  const { botId } = useParams({ from: '/w/$workspaceId/bots/$botId/identity' });
  const mayChange = useCan('admin');
  const secrets = useApiQuery(routes.listIdentitySecrets, { params: { botId } }, { enabled: mayChange });
  if (!mayChange) return <Text c="dimmed">{t('common.notAllowed')}</Text>;
  return (
    <QueryState query={secrets}>
      {({ items, failures }) => (
        <Stack gap="lg" maw={860}>
          <SecretList botId={botId} secrets={items} />
          <RefusalList failures={failures} />
          <Panel title={t('identity.example')} description={t('identity.exampleHint')}>
            <IdentityExample />
          </Panel>
        </Stack>
      )}
    </QueryState>
  );
}
