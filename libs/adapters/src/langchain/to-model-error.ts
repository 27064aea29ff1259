import { EgressError, ModelError, type ModelConnection, type ModelErrorCode } from '@docent/ports';
import { redactKey } from './redact-key';
import { RetryAfter } from './retry-after';
import type { SeenOnWire } from './watch-fetch';

const words: Record<ModelErrorCode, string> = {
  timeout: 'The model did not answer in time.',
  cut: 'The model stopped in the middle of its answer.',
  rate_limited: 'The model provider limits how often it may be asked.',
  invalid_key: 'The model provider does not accept the API key.',
  unknown_model: 'The model provider does not know this model, or the base URL is wrong.',
  refused: 'The model provider refused the request.',
  unreachable: 'The model provider could not be reached.',
  server_error: 'The model provider failed.',
  address_not_allowed: 'The address of the model is not on the public internet, so it is not asked.',
};

/** Any failure of a client or of the wire in the port's words, with what the supplier said, and without the key. */
export function toModelError(error: unknown, seen: SeenOnWire, connection: ModelConnection): ModelError {
  const code = codeOf(error, seen);
  // The original error is not attached as cause: the clients keep request headers, and with them the key, in it.
  const cause = seen.retryAfterMs === null ? undefined : new RetryAfter(seen.retryAfterMs);
  return new ModelError(code, [words[code], detailOf(error, seen, connection)].filter(Boolean).join(' '), { cause });
}

function codeOf(error: unknown, seen: SeenOnWire): ModelErrorCode {
  const egress = chainOf(seen.failure)
    .concat(chainOf(error))
    .find((link) => link instanceof EgressError);
  if (egress instanceof EgressError) return egressCode(egress, seen);
  if (seen.status === null) return 'unreachable';
  if (seen.status >= 400) return codeOfStatus(seen.status, textOf(error));
  return chainOf(error).some(isBrokenConnection) ? 'cut' : 'server_error';
}

function egressCode(error: EgressError, seen: SeenOnWire): ModelErrorCode {
  if (error.code === 'address_not_allowed' || error.code === 'timeout') return error.code;
  return seen.status === null ? 'unreachable' : 'cut';
}

function codeOfStatus(status: number, text: string): ModelErrorCode {
  if (status === 401 || status === 403 || (status === 400 && /api.?key/i.test(text))) return 'invalid_key';
  if (status === 404 || (status === 400 && /model\b.*(not|unknown|does not exist)/i.test(text))) return 'unknown_model';
  if (status === 429) return 'rate_limited';
  return status >= 500 || status === 408 ? 'server_error' : 'refused';
}

/** `terminated` and its kin: the connection broke while the body was read. */
function isBrokenConnection(error: unknown): boolean {
  if (error instanceof SyntaxError) return false;
  if (error instanceof TypeError) return true;
  return error instanceof Error && 'code' in error && /^(UND_ERR|ECONN|EPIPE|ETIMEDOUT|ABORT)/.test(String(error.code));
}

/** The supplier's own words, only where the supplier spoke: network errors could name inner addresses. */
function detailOf(error: unknown, seen: SeenOnWire, connection: ModelConnection): string {
  if (seen.status === null || seen.status === 200) return '';
  const said = redactKey(textOf(error), connection.apiKey)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .slice(0, 300);
  return `It said (status ${seen.status}): ${said}`;
}

const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

function chainOf(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let link = error; link && chain.length < 8; link = link instanceof Error ? link.cause : null) chain.push(link);
  return chain;
}
