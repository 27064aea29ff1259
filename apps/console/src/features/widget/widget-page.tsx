import { useParams } from '@tanstack/react-router';
import { Stack } from '@mantine/core';
import { routes } from '@docent/contracts';
import { useApiQuery } from '../../api/queries';
import { useCan } from '../../api/workspace';
import { QueryState } from '../../ui/query-state';
import { AllowedDomains } from './allowed-domains';
import { Snippet } from './snippet';
import { WidgetSettingsForm } from './widget-settings-form';

/** The tab "Widget" of a bot: its look, where it may be used, and the snippet. */
export function WidgetPage() {
  const { botId } = useParams({ from: '/w/$workspaceId/bots/$botId/widget' });
  const bot = useApiQuery(routes.getBot, { params: { botId } });
  const mayChange = useCan('admin');
  return (
    <QueryState query={bot}>
      {(found) => (
        <Stack gap="lg">
          <WidgetSettingsForm key={found.id} bot={found} mayChange={mayChange} />
          <AllowedDomains bot={found} mayChange={mayChange} />
          <Snippet botId={found.id} isClosed={found.allowedOrigins.length === 0} />
        </Stack>
      )}
    </QueryState>
  );
}
