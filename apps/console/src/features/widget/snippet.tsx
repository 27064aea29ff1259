import { useState } from 'react';
import { Alert, Anchor, Stack, Switch, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { routes } from '@docent/contracts';
import { useApiQuery } from '../../api/queries';
import { CodeBlock } from '../../ui/code-block';
import { Panel } from '../../ui/panel';

interface SnippetProps {
  botId: string;
  /** No website is allowed yet, so that the widget would not open anywhere. */
  isClosed: boolean;
  onCopy?: () => void;
}

/** The one line that goes into the customer's pages, and what their content-security policy must allow. */
export function Snippet({ botId, isClosed, onCopy }: SnippetProps) {
  const { t } = useTranslation();
  const host = window.location.origin;
  const engagement = useApiQuery(routes.getEngagement, { params: { botId } });
  const hasProactive = (engagement.data?.proactive.length ?? 0) > 0;
  const [isProactive, setIsProactive] = useState(true);
  const attributes = hasProactive && isProactive ? ' data-proactive' : '';
  return (
    <Panel title={t('widget.snippet')} description={t('widget.snippetHint')}>
      <Stack gap="lg">
        {isClosed && (
          <Alert color="orange" variant="light" icon={<IconLock />}>
            {t('widget.snippetClosed')}
          </Alert>
        )}
        <CodeBlock
          label={t('widget.snippetCode')}
          code={`<script src="${host}/widget.js" data-bot="${botId}"${attributes} async></script>`}
          onCopy={onCopy}
        />
        {hasProactive && (
          <Switch
            label={t('widget.proactive')}
            description={t('widget.proactiveHint')}
            checked={isProactive}
            onChange={(event) => setIsProactive(event.currentTarget.checked)}
          />
        )}
        <div>
          <Text fw={500} mb={4}>
            {t('widget.policy')}
          </Text>
          <Text size="sm" c="dimmed" mb="xs">
            {t('widget.policyHint')}
          </Text>
          <CodeBlock label={t('widget.policy')} code={`script-src ${host}; connect-src ${host}`} />
        </div>
        <Anchor href={`/demo?bot=${botId}`} target="_blank" size="sm">
          {t('widget.demo')}
        </Anchor>
      </Stack>
    </Panel>
  );
}
