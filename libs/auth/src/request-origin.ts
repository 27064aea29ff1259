import { AppError } from '@docent/platform';

/** The parts of a request that say where it comes from and where it went. */
export interface OriginHeaders {
  origin?: string;
  host?: string;
  'sec-fetch-site'?: string | string[];
}

/**
 * Whether an origin is the product's own: that of PUBLIC_URL, or the host that the request itself was sent to. A host that
 * PUBLIC_URL serves over https is not accepted over http.
 */
export function isOwnOrigin(origin: string, host: string | undefined, publicUrl: string): boolean {
  const own = new URL(publicUrl);
  if (origin === own.origin) return true;
  const sender = parseOrigin(origin);
  if (!sender || !host || sender.host !== host.toLowerCase()) return false;
  return !(own.protocol === 'https:' && own.host === sender.host);
}

/**
 * Refuses a request that another website made a browser send (CSRF). Browsers name the origin of every request that can
 * change something; a request with neither header comes from a program, which has only cookies of its own.
 * Throws `forbidden`.
 */
export function assertOwnOrigin(headers: OriginHeaders, publicUrl: string): void {
  const site = headers['sec-fetch-site'];
  const isOwn =
    headers.origin === undefined
      ? site === undefined || site === 'same-origin' || site === 'none'
      : isOwnOrigin(headers.origin, headers.host, publicUrl);
  if (!isOwn) throw new AppError('forbidden', { reason: 'cross_origin' });
}

/** Methods that read only; all others need the origin check when a cookie signs them in. */
export function isSafeMethod(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}

/** Only what a browser would send: an origin that changes when it is parsed isn't one. */
function parseOrigin(origin: string): URL | null {
  const url = URL.parse(origin);
  return url && url.origin === origin && (url.protocol === 'https:' || url.protocol === 'http:') ? url : null;
}
