import type { BaseMessage } from '@langchain/core/messages';
import type { EgressReader, EgressStream, EgressStreamRequest } from '@docent/ports';

/** What is read of a LangChain `ChatGenerationChunk`. */
export interface ModelChunk {
  text: string;
  generationInfo?: Record<string, unknown>;
  message: {
    additional_kwargs: Record<string, unknown>;
    usage_metadata?: { input_tokens?: number; output_tokens?: number };
  };
}

/** The part of a LangChain chat model that is used: the stream below its callbacks. */
export interface ChunkSource {
  _streamResponseChunks(messages: BaseMessage[], options: { signal: AbortSignal }): AsyncGenerator<ModelChunk>;
}

/** The thin way out (see `Egress.openStream`). */
export type OpenStream = (request: Omit<EgressStreamRequest, 'trustedAddress'>, reader: EgressReader) => Promise<EgressStream>;

export interface ChatModelOptions {
  model: string;
  apiKey: string;
  baseUrl: string;
  maxOutputTokens: number;
  fetch: typeof globalThis.fetch;
  openStream: OpenStream;
}

export type OpenChatModel = (options: ChatModelOptions) => ChunkSource;
