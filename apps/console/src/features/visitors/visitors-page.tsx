import { useParams } from '@tanstack/react-router';
import { routes } from '@docent/contracts';
import { useApiQuery } from '../../api/queries';
import { useCan } from '../../api/workspace';
import { QueryState } from '../../ui/query-state';
import { EngagementForm } from './engagement-form';

/** The tab "Visitors" of a bot: forms, messages that the widget begins with, and extras. */
export function VisitorsPage() {
  const { botId } = useParams({ from: '/w/$workspaceId/bots/$botId/visitors' });
  const engagement = useApiQuery(routes.getEngagement, { params: { botId } });
  const mayChange = useCan('admin');
  return (
    <QueryState query={engagement}>
      {(found) => <EngagementForm key={botId} botId={botId} engagement={found} mayChange={mayChange} />}
    </QueryState>
  );
}
