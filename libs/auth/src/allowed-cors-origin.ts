import { routes, type Route } from '@docent/contracts';

/**
 * The value of `access-control-allow-origin` for a request path, or null for none. Routes that a visitor's browser calls
 * answer any website, never with `access-control-allow-credentials`: who may talk to a bot is decided by the visitor token,
 * which a page has to send by itself and gets on allowed origins only. Cookies don't cross, so the console's session is
 * out of reach. All other routes answer no foreign page at all.
 */
export function allowedCorsOrigin(path: string, origin: string | undefined): string | null {
  if (origin === undefined || origin === 'null') return null;
  return visitorPaths.some((pattern) => pattern.test(path)) ? origin : null;
}

const allRoutes: Route[] = Object.values(routes);
const visitorPaths = allRoutes
  .filter((route) => route.access.visitor || route.path === routes.createVisitorSession.path || route.path === routes.proactiveRules.path)
  .map(({ path }) => toPattern(path));

function toPattern(path: string): RegExp {
  return new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);
}
