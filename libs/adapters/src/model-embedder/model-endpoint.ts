import { setTimeout as wait } from 'node:timers/promises';
import type { Egress } from '@docent/ports';

export interface ModelEndpointOptions {
  baseUrl: string;
  apiKey?: string;
  timeoutMs?: number;
}

export interface EndpointAnswer {
  status: number;
  /** What was sent, or null where it is no JSON. */
  body: unknown;
}

const attempts = 6;
const firstWaitMs = 500;
const longestWaitMs = 20_000;

/** Sends JSON to a model server. A passing refusal (429, 5xx) is waited out as the server asks, a few times. */
export class ModelEndpoint {
  constructor(
    private readonly egress: Egress,
    private readonly options: ModelEndpointOptions,
  ) {}

  /** The first answer that is no passing refusal, or the last of those. Without a body it is a GET. Throws where nobody answers. */
  async ask(path: string, maxBytes: number, body?: unknown): Promise<EndpointAnswer> {
    for (let attempt = 1; ; attempt += 1) {
      const { status, retryAfter, bytes } = await this.send(path, maxBytes, body);
      const isPassing = status === 429 || status >= 500;
      if (!isPassing || attempt === attempts) return { status, body: parseJson(bytes) };
      await wait(waitMs(retryAfter, attempt));
    }
  }

  private async send(
    path: string,
    maxBytes: number,
    body: unknown,
  ): Promise<{ status: number; retryAfter: string | null; bytes: Uint8Array }> {
    const { baseUrl, apiKey, timeoutMs } = this.options;
    const headers = { 'content-type': 'application/json', ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}) };
    const signal = AbortSignal.timeout(timeoutMs ?? 60_000);
    const request = body === undefined ? { method: 'GET' } : { method: 'POST', body: JSON.stringify(body) };
    const response = await this.egress.fetchFunction({ trustedAddress: true })(`${baseUrl.replace(/\/+$/, '')}${path}`, {
      ...request,
      headers,
      signal,
    });
    return {
      status: response.status,
      retryAfter: response.headers.get('retry-after'),
      bytes: await readUpTo(response, maxBytes),
    };
  }
}

/** As long as the server asks, or longer each time; never the same for all who were refused at once. */
function waitMs(retryAfter: string | null, attempt: number): number {
  const asked = retryAfter === null ? NaN : Number(retryAfter) * 1000;
  const ours = firstWaitMs * 2 ** (attempt - 1) * (0.75 + Math.random() / 2);
  return Math.min(longestWaitMs, Number.isFinite(asked) ? asked : ours);
}

async function readUpTo(response: Response, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += (part as Uint8Array).length;
    if (size > maxBytes) throw new Error('The embeddings endpoint answered with far too much.');
    parts.push(part as Uint8Array);
  }
  return Buffer.concat(parts);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as unknown;
  } catch {
    return null;
  }
}
