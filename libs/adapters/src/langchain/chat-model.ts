import type { BaseMessage } from '@langchain/core/messages';
import type { ChatGenerationChunk } from '@langchain/core/outputs';

/** The part of a LangChain chat model that is used: the stream below its callbacks. */
export interface ChunkSource {
  _streamResponseChunks(messages: BaseMessage[], options: { signal?: AbortSignal }): AsyncGenerator<ChatGenerationChunk>;
}

export interface ChatModelOptions {
  model: string;
  apiKey: string;
  baseUrl: string;
  maxOutputTokens: number;
  fetch: typeof globalThis.fetch;
}

export type OpenChatModel = (options: ChatModelOptions) => ChunkSource;
