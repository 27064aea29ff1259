import {
  Egress,
  EgressError,
  type EgressReader,
  type EgressRequest,
  type EgressResponse,
  type EgressStream,
  type EgressStreamRequest,
} from '@docent/ports';
import { type Agent, fetch as undiciFetch, type RequestInit, type Response } from 'undici';
import { anywhere, publicInternet, type AddressJudge } from './address-judge';
import { checkUrl } from './check-url';
import { dispatchStream } from './dispatch-stream';
import { guardedAgent, systemResolver, type Resolver } from './guarded-agent';
import { readLimited } from './read-limited';
import { toEgressError } from './to-egress-error';

export interface GuardedEgressOptions {
  /** The self-hoster's override: private addresses and any port are allowed everywhere. */
  allowPrivateNetwork?: boolean;
  /** Where connections may go otherwise; the public internet unless a test brings its own. */
  judge?: AddressJudge;
  /** How names become addresses; the system's way unless a test brings its own. */
  resolve?: Resolver;
  connectTimeoutMs?: number;
}

interface Way {
  judge: AddressJudge;
  dispatcher: Agent;
}

const userAgent = 'DocentBot/1.0';
const defaultRedirects = 5;

/**
 * Web requests to public addresses only (OWASP, Server-Side Request Forgery Prevention). Ports 80, 443, 8080 and 8443; no
 * credentials in the address; no cookies; at most five redirects, each judged like the first address; bodies limited after
 * unpacking. Call {@link close} at the end.
 */
export class GuardedEgress extends Egress {
  private readonly judged: Way;
  private readonly trusted: Way;

  constructor(options: GuardedEgressOptions = {}) {
    super();
    const { resolve = systemResolver, connectTimeoutMs = 10_000, judge = publicInternet } = options;
    const way = (to: AddressJudge): Way => ({ judge: to, dispatcher: guardedAgent(to, resolve, connectTimeoutMs) });
    this.trusted = way(anywhere);
    this.judged = options.allowPrivateNetwork ? this.trusted : way(judge);
  }

  override async fetch(request: EgressRequest): Promise<EgressResponse> {
    const timeout = AbortSignal.timeout(request.timeoutMs);
    const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
    try {
      const { response, url } = await this.follow(request, signal);
      const body = await readLimited(response.body, request.maxBytes);
      return { url: url.href, status: response.status, headers: plainHeaders(response), body };
    } catch (error) {
      request.signal?.throwIfAborted();
      throw toEgressError(error);
    }
  }

  override fetchFunction(options: { trustedAddress: boolean }): typeof globalThis.fetch {
    const { judge, dispatcher } = options.trustedAddress ? this.trusted : this.judged;
    return async (input, init) => {
      const { url, ...request } = describeRequest(input, init);
      try {
        const response = await undiciFetch(checkUrl(url, judge), { ...request, redirect: 'error', dispatcher } as RequestInit);
        // Same standard, two type packages: the runtime's fetch is made of this one.
        return response as unknown as globalThis.Response;
      } catch (error) {
        request.signal?.throwIfAborted();
        throw toEgressError(error);
      }
    };
  }

  override async openStream(request: EgressStreamRequest, reader: EgressReader): Promise<EgressStream> {
    const { judge, dispatcher } = request.trustedAddress ? this.trusted : this.judged;
    try {
      return await dispatchStream(dispatcher, checkUrl(request.url, judge), request, reader);
    } catch (error) {
      request.signal.throwIfAborted();
      throw toEgressError(error);
    }
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    await Promise.all([this.judged.dispatcher.destroy(), this.trusted.dispatcher.destroy()]);
  }

  /** Follows redirects by hand, so that each address is checked whole, and what was meant for one server goes to no other. */
  private async follow(request: EgressRequest, signal: AbortSignal): Promise<{ response: Response; url: URL }> {
    const { judge, dispatcher } = this.judged;
    let url = checkUrl(request.url, judge);
    let init: RequestInit = { method: request.method ?? 'GET', headers: ownHeaders(request.headers), body: request.body };
    for (let redirects = 0; ; redirects += 1) {
      const response = await undiciFetch(url, { ...init, redirect: 'manual', signal, dispatcher });
      const location = isRedirect.has(response.status) ? response.headers.get('location') : null;
      if (location === null) return { response, url };
      await response.body?.cancel();
      if (redirects >= (request.maxRedirects ?? defaultRedirects))
        throw new EgressError('too_many_redirects', 'The address redirects too often.');
      const next = checkUrl(resolveLocation(location, url), judge);
      if (response.status < 307 || next.origin !== url.origin)
        init = { method: 'GET', headers: next.origin === url.origin ? init.headers : ownHeaders() };
      url = next;
    }
  }
}

const isRedirect = new Set([301, 302, 303, 307, 308]);

function resolveLocation(location: string, from: URL): string {
  return URL.parse(location, from.href)?.href ?? location;
}

function ownHeaders(headers: Record<string, string> = {}): Record<string, string> {
  const own = Object.entries(headers).filter(([name]) => !['host', 'cookie'].includes(name.toLowerCase()));
  return { 'user-agent': userAgent, accept: '*/*', ...Object.fromEntries(own) };
}

function plainHeaders(response: Response): Record<string, string> {
  return Object.fromEntries([...response.headers].filter(([name]) => name !== 'set-cookie'));
}

/** A `Request` of the runtime is foreign to the client below; its parts are not. */
function describeRequest(input: string | URL | Request, init: globalThis.RequestInit = {}) {
  if (!(input instanceof Request)) return { ...init, url: input };
  const { method, headers, body, signal } = input;
  return { method, headers, signal, ...(body ? { body, duplex: 'half' as const } : {}), ...init, url: input.url };
}
