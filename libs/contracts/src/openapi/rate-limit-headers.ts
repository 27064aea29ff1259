import type { Json } from './document';

/** The rate-limit headers of every answer under /v1, after draft-ietf-httpapi-ratelimit-headers-03; seconds, not timestamps. */
export const rateLimitHeaders: Record<string, Json> = {
  'RateLimit-Limit': {
    description: 'Requests allowed in the present window of one minute. Absent where nothing is limited.',
    schema: { type: 'integer', minimum: 0 },
  },
  'RateLimit-Remaining': { description: 'Requests left in the present window.', schema: { type: 'integer', minimum: 0 } },
  'RateLimit-Reset': { description: 'Seconds until the window ends.', schema: { type: 'integer', minimum: 0 } },
  'Retry-After': { description: 'Seconds to wait before the next try.', schema: { type: 'integer', minimum: 1 } },
};

const reference = (name: string): Json => ({ [name]: { $ref: `#/components/headers/${name}` } });

/** Headers of an answer with this status: a refusal for too many requests also says how long to wait. */
export function rateLimitHeaderReferences(status: number): Json {
  const usual = { ...reference('RateLimit-Limit'), ...reference('RateLimit-Remaining'), ...reference('RateLimit-Reset') };
  return status === 429 ? { ...usual, ...reference('Retry-After') } : usual;
}
