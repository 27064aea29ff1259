export type ModelProviderName = 'openai' | 'anthropic' | 'google';

export interface ModelConnection {
  provider: ModelProviderName;
  model: string;
  /** Empty: the provider's own address. */
  baseUrl: string;
  apiKey: string;
  /** Set only for addresses that the operator of the installation configured: these may be private (a model on the same machine). */
  trustedAddress: boolean;
}

export interface ModelMessage {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

export interface ModelRequest {
  messages: ModelMessage[];
  maxOutputTokens: number;
  /** No first piece within this time: `timeout`. */
  firstTokenTimeoutMs: number;
  /** No further piece within this time: `timeout`. */
  idleTimeoutMs: number;
  signal: AbortSignal;
}

export type ModelPiece =
  | { type: 'text'; text: string }
  /** Always the last piece of a whole answer. `length`: cut at the output limit. */
  | { type: 'end'; reason: 'stop' | 'length' | 'filtered'; inputTokens: number | null; outputTokens: number | null };

export type ModelErrorCode = 'timeout' | 'cut' | 'rate_limited' | 'invalid_key' | 'unknown_model' | 'refused' | 'unreachable' | 'server_error' | 'address_not_allowed';

/** Why a model gave no whole answer. The message is for the owner and holds no secret. */
export class ModelError extends Error {
  constructor(
    readonly code: ModelErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ModelError';
  }
}

/** A chat model of any supplier, streamed. */
export abstract class LanguageModel {
  /**
   * Yields text as it arrives and then exactly one `end`. Throws {@link ModelError} for everything else: a stream that stops
   * without its end is `cut`, never a short answer. Aborting the signal ends the iteration by throwing the signal's reason.
   */
  abstract stream(connection: ModelConnection, request: ModelRequest): AsyncIterable<ModelPiece>;
}
