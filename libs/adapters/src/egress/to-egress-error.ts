import { EgressError } from '@docent/ports';

/** Whatever went wrong on the way, in the port's words. The system's own messages name addresses and stay in the cause. */
export function toEgressError(error: unknown): EgressError {
  const chain = chainOf(error);
  const own = chain.find((link) => link instanceof EgressError);
  if (own instanceof EgressError) return own;
  if (chain.some(isTimeout)) return new EgressError('timeout', 'The server did not answer in time.', { cause: error });
  return new EgressError('unreachable', 'The server could not be reached, or broke off.', { cause: error });
}

function isTimeout(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === 'TimeoutError' || ('code' in error && /^(?:UND_ERR_.*TIMEOUT|ETIMEDOUT)$/u.test(String(error.code)));
}

/** Errors wrap each other, and a failed attempt over several addresses lists its parts. */
function chainOf(error: unknown): unknown[] {
  const chain: unknown[] = [];
  const waiting = [error];
  while (waiting.length > 0 && chain.length < 20) {
    const link = waiting.shift();
    if (link === undefined || link === null) continue;
    chain.push(link);
    if (link instanceof AggregateError) waiting.push(...(link.errors as unknown[]));
    if (link instanceof Error) waiting.push(link.cause);
  }
  return chain;
}
