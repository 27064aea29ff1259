import { ChatAnthropic } from '@langchain/anthropic';
import type { ChatModelOptions, ChunkSource } from './chat-model';

/** Anthropic Messages. The client adds `/v1` itself, so one at the end of the given address is taken off. */
export function openAnthropic(options: ChatModelOptions): ChunkSource {
  return new ChatAnthropic({
    model: options.model,
    apiKey: options.apiKey || 'none',
    anthropicApiUrl: (options.baseUrl || 'https://api.anthropic.com').replace(/\/+(v1\/*)?$/, ''),
    maxTokens: options.maxOutputTokens,
    maxRetries: 0,
    clientOptions: { fetch: options.fetch, logLevel: 'off', authToken: null },
  });
}
