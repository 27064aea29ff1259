import { setTimeout as wait } from 'node:timers/promises';
import {
  type Egress,
  LanguageModel,
  type ModelConnection,
  type ModelErrorCode,
  type ModelPiece,
  type ModelRequest,
  ModelError,
} from '@docent/ports';
import { loadProvider, type ProviderName } from './load-provider';
import { readAttempt } from './read-attempt';
import { RetryAfter } from './retry-after';

const passingCodes: ReadonlySet<ModelErrorCode> = new Set(['rate_limited', 'unreachable', 'server_error']);
const longestRetryWaitMs = 5_000;
const usualRetryWaitMs = 250;

/**
 * OpenAI-compatible, Anthropic and Google chat models through LangChain. All traffic takes the {@link Egress} port.
 * LangChain's callbacks, and with them its tracing, are never entered, whatever the environment says.
 * A passing failure before the first piece is tried once more; after the first piece nothing is repeated.
 */
export class LangChainModel extends LanguageModel {
  constructor(private readonly egress: Egress) {
    super();
  }

  /** Loads a supplier's client ahead of the first question; it is loaded on first use otherwise. */
  async prepare(provider: ProviderName): Promise<void> {
    await loadProvider(provider);
  }

  override async *stream(connection: ModelConnection, request: ModelRequest): AsyncGenerator<ModelPiece, void, undefined> {
    const firstPieceBy = performance.now() + request.firstTokenTimeoutMs;
    for (let isSecondTry = false; ; isSecondTry = true) {
      let hasSpoken = false;
      try {
        for await (const piece of readAttempt(this.egress, connection, request, firstPieceBy)) {
          hasSpoken = true;
          yield piece;
        }
        return;
      } catch (error) {
        const retryInMs = hasSpoken || isSecondTry ? null : retryDelay(error);
        if (retryInMs === null || performance.now() + retryInMs >= firstPieceBy) throw error;
        await wait(retryInMs, undefined, { signal: request.signal }).catch(() => request.signal.throwIfAborted());
      }
    }
  }
}

/** Null: not to be tried again. */
function retryDelay(error: unknown): number | null {
  if (!(error instanceof ModelError) || !passingCodes.has(error.code)) return null;
  const asked = error.cause instanceof RetryAfter ? error.cause.ms : usualRetryWaitMs;
  return asked <= longestRetryWaitMs ? asked : null;
}
