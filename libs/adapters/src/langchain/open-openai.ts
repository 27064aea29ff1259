import type { BaseMessage } from '@langchain/core/messages';
import { ChatOpenAICompletions, convertMessagesToCompletionsMessageParams } from '@langchain/openai';
import type { ChatModelOptions, ChunkSource, ModelChunk } from './chat-model';
import { EventInflow } from './event-inflow';
import { readCompletionChunks, wordsOf } from './read-completion-chunks';

/**
 * Any OpenAI-compatible server. The completions client, because only OpenAI itself speaks the newer responses protocol: it says what is
 * asked and how. What comes back is read here, because the client's own way (a stream in a stream, a message object for each piece) costs
 * more than everything else that is done for a piece.
 */
export function openOpenAi(options: ChatModelOptions): ChunkSource {
  const client = new ChatOpenAICompletions({
    model: options.model,
    // Local servers take any key, the client takes no empty one.
    apiKey: options.apiKey || 'none',
    maxTokens: options.maxOutputTokens,
    maxRetries: 0,
    streamUsage: true,
    configuration: { fetch: options.fetch, organization: null, project: null, logLevel: 'off' },
  });
  return { _streamResponseChunks: (messages, { signal }) => streamChunks(client, messages, options, signal) };
}

async function* streamChunks(
  client: ChatOpenAICompletions,
  messages: BaseMessage[],
  options: ChatModelOptions,
  signal: AbortSignal,
): AsyncGenerator<ModelChunk> {
  const inflow = new EventInflow();
  const answer = await options.openStream({ ...describe(client, messages, options), signal }, inflow);
  inflow.flow = answer;
  if (answer.status < 200 || answer.status > 299) throw new Error(messageOf(await inflow.rest()));
  for (let events = await inflow.take(); events !== null; events = await inflow.take()) {
    for (const chunk of readCompletionChunks(events)) yield chunk;
  }
}

/** Address and key are always the given ones, so that no environment variable of the host can redirect a request. */
function describe(client: ChatOpenAICompletions, messages: BaseMessage[], { baseUrl, apiKey, model }: ChatModelOptions) {
  return {
    url: `${(baseUrl || 'https://api.openai.com/v1').replace(/\/+$/, '')}/chat/completions`,
    headers: {
      authorization: `Bearer ${apiKey || 'none'}`,
      'content-type': 'application/json',
      accept: 'text/event-stream',
      'user-agent': 'Docent',
    },
    body: JSON.stringify({
      ...client.invocationParams({}, { streaming: true }),
      messages: convertMessagesToCompletionsMessageParams({ messages, model }),
      stream: true,
    }),
  };
}

function messageOf(body: string): string {
  try {
    const { error } = JSON.parse(body) as { error?: Parameters<typeof wordsOf>[0] };
    return error ? wordsOf(error) : body;
  } catch {
    return body;
  }
}
