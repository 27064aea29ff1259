import { useEffect } from 'react';
import { Outlet, useParams } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { meQuery } from '../api/account';
import { WorkspaceProvider } from '../api/workspace';
import { InboxAlerts } from '../features/inbox/inbox-alerts';
import { Loading } from '../ui/query-state';
import { NotFoundPage } from './fallback-pages';
import { lastWorkspace } from './last-workspace';
import { RealtimeProvider } from './realtime';
import { Shell } from './shell';

/** Everything inside a workspace: navigation around it, pushed changes below it. */
export function WorkspaceLayout() {
  const { workspaceId } = useParams({ from: '/w/$workspaceId' });
  const me = useQuery(meQuery);
  const workspace = me.data?.workspaces.find(({ id }) => id === workspaceId);
  useEffect(() => {
    if (workspace) lastWorkspace.set(workspace.id);
  }, [workspace]);
  if (!me.data) return <Loading />;
  if (!workspace) return <NotFoundPage />;
  return (
    <WorkspaceProvider workspace={workspace}>
      <RealtimeProvider key={workspace.id}>
        <InboxAlerts>
          <Shell me={me.data}>
            <Outlet />
          </Shell>
        </InboxAlerts>
      </RealtimeProvider>
    </WorkspaceProvider>
  );
}
