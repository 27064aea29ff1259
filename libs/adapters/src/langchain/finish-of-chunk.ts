import type { ModelPiece } from '@docent/ports';
import type { ModelChunk } from './chat-model';

type FinishReason = Extract<ModelPiece, { type: 'end' }>['reason'];

/** The finish marker in a chunk of any supplier, or null where there is none: OpenAI `finish_reason`, Anthropic `stop_reason`, Google `finishReason`. */
export function finishReasonOf(chunk: ModelChunk): FinishReason | null {
  const marker: unknown =
    chunk.generationInfo?.['finish_reason'] ??
    chunk.generationInfo?.['finishReason'] ??
    chunk.message.additional_kwargs['stop_reason'];
  if (typeof marker !== 'string') return null;
  const name = marker.toLowerCase();
  if (name === 'length' || name === 'max_tokens' || name === 'model_context_window_exceeded') return 'length';
  return filtered.has(name) ? 'filtered' : 'stop';
}

const filtered = new Set([
  'content_filter',
  'refusal',
  'safety',
  'recitation',
  'blocklist',
  'prohibited_content',
  'spii',
  'image_safety',
]);

/** Token counts in a chunk, where the supplier sends them. */
export function usageOf(chunk: ModelChunk): { inputTokens: number; outputTokens: number } | null {
  const usage = chunk.message.usage_metadata;
  return usage ? { inputTokens: usage.input_tokens ?? 0, outputTokens: usage.output_tokens ?? 0 } : null;
}
