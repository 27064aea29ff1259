import { useState } from 'react';
import { Button, Center, Table, Text } from '@mantine/core';
import { IconAddressBook, IconDownload } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { routes, type Lead } from '@docent/contracts';
import { download } from '../../api/call';
import { useApiPages } from '../../api/queries';
import { useCan, useWorkspace } from '../../api/workspace';
import { EmptyState } from '../../ui/empty-state';
import { useFormat } from '../../ui/format';
import { TextLink } from '../../ui/links';
import { notifyFailed } from '../../ui/notify';
import { Panel } from '../../ui/panel';
import { QueryState } from '../../ui/query-state';
import { saveBlob } from '../../ui/save-blob';
import { WideTable } from '../../ui/wide-table';

/** The tab "Leads" of a bot: what visitors left in forms. */
export function LeadsPage() {
  const { t } = useTranslation();
  const { botId } = useParams({ from: '/w/$workspaceId/bots/$botId/leads' });
  const mayRead = useCan('agent');
  const pages = useApiPages(routes.listLeads, { params: { botId }, query: { limit: 50 } }, { enabled: mayRead });
  const leads = pages.data?.pages.flatMap((page) => page.items);
  if (!mayRead) return <Text c="dimmed">{t('leads.notAllowed')}</Text>;
  return (
    <QueryState query={{ ...pages, data: leads }}>
      {(items) => (
        <Panel
          title={t('leads.title')}
          description={t('leads.description')}
          actions={items.length > 0 && <ExportButton botId={botId} />}
          flush
        >
          {items.length === 0 ? (
            <EmptyState icon={IconAddressBook} title={t('leads.none')}>
              {t('leads.noneText')}
            </EmptyState>
          ) : (
            <LeadTable leads={items} />
          )}
          {pages.hasNextPage && (
            <Center p="md">
              <Button size="xs" variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
                {t('common.more')}
              </Button>
            </Center>
          )}
        </Panel>
      )}
    </QueryState>
  );
}

function ExportButton({ botId }: { botId: string }) {
  const { t } = useTranslation();
  const workspaceId = useWorkspace().id;
  const [isBusy, setIsBusy] = useState(false);
  if (!useCan('admin')) return null;
  const save = () => {
    setIsBusy(true);
    download(routes.exportLeads, { params: { botId } }, { workspaceId })
      .then((file) => saveBlob(file, 'leads.csv'), notifyFailed)
      .finally(() => setIsBusy(false));
  };
  return (
    <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} loading={isBusy} onClick={save}>
      {t('leads.export')}
    </Button>
  );
}

/** One column per field that any lead has, in the order of their first appearance. */
function LeadTable({ leads }: { leads: Lead[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const workspaceId = useWorkspace().id;
  const columns = [...new Set(leads.flatMap(({ fields }) => Object.keys(fields)))];
  return (
    <WideTable label={t('leads.title')} minWidth={420 + columns.length * 220}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('leads.when')}</Table.Th>
          <Table.Th>{t('leads.form')}</Table.Th>
          {columns.map((column) => (
            <Table.Th key={column}>{column}</Table.Th>
          ))}
          <Table.Th>{t('leads.consent')}</Table.Th>
          <Table.Th>{t('leads.conversation')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {leads.map((lead) => (
          <Table.Tr key={lead.id}>
            <Table.Td title={format.dateTime(lead.createdAt)} style={{ whiteSpace: 'nowrap' }}>
              {format.ago(lead.createdAt)}
            </Table.Td>
            <Table.Td>{t(`leads.forms.${lead.form}`)}</Table.Td>
            {columns.map((column) => (
              <Table.Td key={column} maw={280}>
                <Text size="sm" lineClamp={3} style={{ overflowWrap: 'anywhere' }}>
                  {lead.fields[column] ?? '–'}
                </Text>
              </Table.Td>
            ))}
            <Table.Td maw={220}>
              <Text size="xs" c="dimmed" lineClamp={3}>
                {lead.consent ?? t('leads.noConsent')}
              </Text>
            </Table.Td>
            <Table.Td>
              {lead.conversationId ? (
                <TextLink
                  to="/w/$workspaceId/inbox/$conversationId"
                  params={{ workspaceId, conversationId: lead.conversationId }}
                  size="sm"
                >
                  {t('leads.open')}
                </TextLink>
              ) : (
                '–'
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}
