import { createRouter } from '@tanstack/react-router';
import { CrashedPage, NotFoundPage } from './fallback-pages';
import { makeQueryClient } from './make-query-client';
import { routeTree } from './route-tree';
import { Loading } from '../ui/query-state';

export const queryClient = makeQueryClient(() => {
  const { pathname, href } = router.state.location;
  if (!pathname.startsWith('/w/')) return;
  queryClient.clear();
  void router.navigate({ to: '/sign-in', search: { redirect: href, ended: true } });
});

export const router = createRouter({
  routeTree,
  context: { queryClient },
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultPendingMs: 150,
  defaultPendingComponent: () => <Loading />,
  defaultNotFoundComponent: NotFoundPage,
  defaultErrorComponent: CrashedPage,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
