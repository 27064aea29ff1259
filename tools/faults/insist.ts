import { setTimeout as wait } from 'node:timers/promises';
import type { SeededRandom } from '../seeded-random';

export interface InsistingCaller {
  /** Of the fault proxy. */
  url: string;
  headers: Record<string, string>;
  random: SeededRandom;
  /** Statuses after which the same is asked again, beside 408, 429 and those from 500 on. */
  alsoAgain?: number[];
}

/** The server said no, and would say it again. */
export class Refused extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

const callTimeoutMs = 10_000;

/** Asks until there is an answer, however often the connection or the server dies. Throws `Refused` where the server refuses for good. */
export async function insist({ url, headers, random, alsoAgain = [] }: InsistingCaller, method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  for (let tries = 0; ; tries++) {
    const answer = await callOnce(url + path, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      body: body === undefined ? null : JSON.stringify(body),
    });
    if (answer && answer.status < 300) return answer.body;
    if (answer && ![408, 429, ...alsoAgain].includes(answer.status) && answer.status < 500) throw new Refused(`${method} ${path} was refused: ${answer.status} ${JSON.stringify(answer.body)}`, answer.status);
    await wait(Math.min(50 * 2 ** tries, 1000) * (0.5 + random.next()));
  }
}

/** Null where no whole answer came in time. The timer ends with the call: one that fires later still builds an error with its trace. */
async function callOnce(address: string, init: RequestInit): Promise<{ status: number; body: Record<string, unknown> } | null> {
  const leaving = new AbortController();
  const timer = setTimeout(() => leaving.abort(), callTimeoutMs);
  try {
    const response = await fetch(address, { ...init, signal: leaving.signal });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

/** Passes over a refusal because of the present state, and throws everything else. */
export function exceptConflict(error: unknown): void {
  if (!(error instanceof Refused && error.status === 409)) throw error;
}
