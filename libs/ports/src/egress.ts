export interface EgressRequest {
  url: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  maxBytes: number;
  timeoutMs: number;
  /** Redirects followed, each checked again. */
  maxRedirects?: number;
  signal?: AbortSignal;
}

export interface EgressResponse {
  /** Where the content came from, after redirects. */
  url: string;
  status: number;
  headers: Record<string, string>;
  body: Uint8Array;
}

/** A request whose answer is read as it arrives. */
export interface EgressStreamRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
  /** Lifts the guard for an address that the operator configured. */
  trustedAddress: boolean;
  /** Ends the request, also while it is being answered. */
  signal: AbortSignal;
}

/** Whom the bytes of an answer are given to. */
export interface EgressReader {
  data(bytes: Uint8Array): void;
  /** Once; with what broke the answer, if anything did. */
  end(failure?: Error): void;
}

export interface EgressStream {
  status: number;
  /** By lower-case name. */
  headers: Record<string, string>;
  /** Leaves what follows on the wire, but for what has been read ahead. */
  pause(): void;
  resume(): void;
}

export type EgressErrorCode = 'address_not_allowed' | 'unreachable' | 'timeout' | 'too_large' | 'too_many_redirects';

/** Why nothing was fetched; the message holds no address of the inner network. */
export class EgressError extends Error {
  constructor(
    readonly code: EgressErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'EgressError';
  }
}

/**
 * The only way out of the product. Connects to public addresses only: the name is resolved once, every answer must be
 * public, the connection goes to the address that was checked, and each redirect is checked again.
 */
export abstract class Egress {
  /** Fetches the whole body within its limits. Throws {@link EgressError}; an HTTP error status is an answer, not an error. */
  abstract fetch(request: EgressRequest): Promise<EgressResponse>;
  /**
   * A WHATWG `fetch` with the same guard, for client libraries that stream. `trustedAddress` lifts the guard for an
   * address that the operator configured.
   */
  abstract fetchFunction(options: { trustedAddress: boolean }): typeof globalThis.fetch;
  /**
   * Posts, and gives the answer's bytes to `reader` as they come: the thin way for answers of thousands of pieces. Resolves with the head,
   * throws {@link EgressError} where none comes. No redirect is followed and nothing is unpacked.
   */
  abstract openStream(request: EgressStreamRequest, reader: EgressReader): Promise<EgressStream>;
}
