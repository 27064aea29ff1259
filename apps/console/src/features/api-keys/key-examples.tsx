import { Select, Tabs } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { routes } from '@docent/contracts';
import { useApiQuery } from '../../api/queries';
import { CodeBlock } from '../../ui/code-block';
import { Panel } from '../../ui/panel';
import { curlExample, openAiExample } from './write-examples';

/** Ready-made calls for one of the workspace's bots. */
export function KeyExamples() {
  const { t } = useTranslation();
  const bots = useApiQuery(routes.listBots, {});
  const [chosen, setChosen] = useState<string | null>(null);
  const items = bots.data?.items ?? [];
  const botId = chosen ?? items[0]?.id ?? 'YOUR_BOT_ID';
  const host = window.location.origin;
  const picker = items.length > 1 && (
    <Select
      aria-label={t('apiKeys.exampleBot')}
      data={items.map(({ id, name }) => ({ value: id, label: name }))}
      value={botId}
      onChange={setChosen}
      allowDeselect={false}
      w={200}
    />
  );
  return (
    <Panel title={t('apiKeys.examples')} description={t('apiKeys.examplesHint')} actions={picker}>
      <Tabs defaultValue="curl" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="curl">curl</Tabs.Tab>
          <Tabs.Tab value="openai">{t('apiKeys.openai')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="curl">
          <CodeBlock label="curl" code={curlExample(host, botId)} />
        </Tabs.Panel>
        <Tabs.Panel value="openai">
          <CodeBlock label={t('apiKeys.openai')} code={openAiExample(host, botId)} />
        </Tabs.Panel>
      </Tabs>
    </Panel>
  );
}
