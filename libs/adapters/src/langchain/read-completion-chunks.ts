import type { ModelChunk } from './chat-model';
import { dataOf } from './read-event-data';

interface CompletionChunk {
  choices?: { delta?: { content?: unknown } | null; finish_reason?: string | null }[];
  usage?: { prompt_tokens?: number; completion_tokens?: number } | null;
  error?: { message?: unknown } | string | null;
}

/**
 * The chunks of whole events of an OpenAI stream; neighbours that carry nothing but text become one. Throws what the server says went
 * wrong, and where an event is no JSON, after everything that came before.
 */
export function* readCompletionChunks(events: string): Generator<ModelChunk, void, undefined> {
  let text: ModelChunk | null = null;
  try {
    for (const block of blocksOf(events)) {
      const chunk = readChunk(block);
      if (!chunk) continue;
      const isText = !chunk.generationInfo && !chunk.message.usage_metadata;
      if (isText && text) text.text += chunk.text;
      else if (isText) text = chunk;
      else {
        if (text) yield text;
        text = null;
        yield chunk;
      }
    }
  } catch (error) {
    if (text) yield text;
    throw error;
  }
  if (text) yield text;
}

function readChunk(block: string): ModelChunk | null {
  const data = block.startsWith('data: ') && !block.includes('\n') ? block.slice(6) : dataOf(block);
  return data === '' || data === '[DONE]' ? null : toChunk(JSON.parse(data) as CompletionChunk);
}

function blocksOf(events: string): string[] {
  return (events.includes('\r') ? events.replaceAll(/\r\n?/g, '\n') : events).split('\n\n');
}

const noMore = {};

function toChunk(said: CompletionChunk | null): ModelChunk | null {
  if (said?.error) throw new Error(wordsOf(said.error));
  const choice = said?.choices?.[0];
  const usage = said?.usage;
  if (!choice?.delta && !usage) return null;
  const content = choice?.delta?.content;
  return {
    text: typeof content === 'string' ? content : '',
    ...(choice?.finish_reason ? { generationInfo: { finish_reason: choice.finish_reason } } : {}),
    message: {
      additional_kwargs: noMore,
      ...(usage ? { usage_metadata: { input_tokens: usage.prompt_tokens, output_tokens: usage.completion_tokens } } : {}),
    },
  };
}

/** What a server says about a failure, in the shapes that are about. */
export function wordsOf(error: NonNullable<CompletionChunk['error']>): string {
  if (typeof error === 'string') return error;
  return typeof error.message === 'string' ? error.message : JSON.stringify(error);
}
