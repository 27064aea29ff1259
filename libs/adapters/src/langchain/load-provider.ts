import type { BaseMessage } from '@langchain/core/messages';
import type { ChatGenerationChunk } from '@langchain/core/outputs';
import type { ModelConnection } from '@docent/ports';

export type ProviderName = ModelConnection['provider'];

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

/** Imports a supplier's package when it is first needed: each costs start-up time and memory. */
export function loadProvider(provider: ProviderName): Promise<OpenChatModel> {
  return (loaded[provider] ??= loaders[provider]());
}

const loaded: Partial<Record<ProviderName, Promise<OpenChatModel>>> = {};

const loaders: Record<ProviderName, () => Promise<OpenChatModel>> = {
  openai: async () => (await import('./open-openai')).openOpenAi,
  anthropic: async () => (await import('./open-anthropic')).openAnthropic,
  google: async () => (await import('./gemini-over-egress')).openGemini,
};
