import { ChatOpenAICompletions } from '@langchain/openai';
import type { ChatModelOptions, ChunkSource } from './chat-model';
import { gatherPieces } from './gather-pieces';

/**
 * Any OpenAI-compatible server. The completions client, because only OpenAI itself speaks the newer responses protocol.
 * Address, key, organization and project are always given, so that no environment variable of the host can redirect a request.
 */
export function openOpenAi(options: ChatModelOptions): ChunkSource {
  return new ChatOpenAICompletions({
    model: options.model,
    // Local servers take any key, the client takes no empty one.
    apiKey: options.apiKey || 'none',
    maxTokens: options.maxOutputTokens,
    maxRetries: 0,
    configuration: {
      baseURL: options.baseUrl || 'https://api.openai.com/v1',
      fetch: gatherPieces(options.fetch),
      organization: null,
      project: null,
      logLevel: 'off',
    },
  });
}
