import { useParams } from '@tanstack/react-router';
import { routes } from '@docent/contracts';
import { useApiQuery } from '../../api/queries';
import { useCan } from '../../api/workspace';
import { QueryState } from '../../ui/query-state';
import { HandoverForm } from './handover-form';

/** The tab "People" of a bot: when it gives way to people. */
export function PeoplePage() {
  const { botId } = useParams({ from: '/w/$workspaceId/bots/$botId/people' });
  const settings = useApiQuery(routes.getHandoverSettings, { params: { botId } });
  const mayChange = useCan('admin');
  return (
    <QueryState query={settings}>
      {(found) => <HandoverForm key={botId} botId={botId} settings={found} mayChange={mayChange} />}
    </QueryState>
  );
}
