import { AIMessageChunk, type BaseMessage } from '@langchain/core/messages';
import { ChatGenerationChunk } from '@langchain/core/outputs';
import { ChatGoogleGenerativeAI } from '@langchain/google-genai';
import { z } from 'zod';
import type { ChatModelOptions, ChunkSource } from './chat-model';
import { readEventData } from './read-event-data';

/** Google Gemini, streamed. */
export function openGemini(options: ChatModelOptions): ChunkSource {
  return new GeminiOverEgress(options);
}

const Answer = z.object({
  error: z.object({ code: z.number().optional(), message: z.string() }).optional(),
  candidates: z
    .array(
      z.object({
        content: z
          .object({ parts: z.array(z.object({ text: z.string().optional(), thought: z.boolean().optional() })).optional() })
          .optional(),
        finishReason: z.string().optional(),
      }),
    )
    .optional(),
  promptFeedback: z.object({ blockReason: z.string().optional() }).optional(),
  usageMetadata: z.object({ promptTokenCount: z.number().optional(), candidatesTokenCount: z.number().optional() }).optional(),
});

/**
 * The supplier's own client always calls the global `fetch`, past the guard, and puts addresses with details into its errors.
 * So the transport is replaced here: same request, our `fetch`, the key in a header and never in the address.
 */
class GeminiOverEgress extends ChatGoogleGenerativeAI {
  constructor(private readonly options: ChatModelOptions) {
    super({
      model: options.model,
      apiKey: options.apiKey || 'none',
      baseUrl: (options.baseUrl || 'https://generativelanguage.googleapis.com').replace(/\/+(v1(beta)?\/*)?$/, ''),
      maxOutputTokens: options.maxOutputTokens,
      maxRetries: 0,
    });
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
  ): AsyncGenerator<ChatGenerationChunk> {
    const response = await this.options.fetch(
      `${this.baseUrl}/v1beta/models/${encodeURIComponent(this.model)}:streamGenerateContent?alt=sse`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-goog-api-key': this.apiKey ?? '' },
        body: JSON.stringify(toRequest(messages, this.invocationParams(options))),
        signal: options.signal,
      },
    );
    if (!response.ok) throw new Error(messageOf(await response.text()));
    for await (const data of readEventData(response)) yield toChunk(Answer.parse(JSON.parse(data)));
  }
}

function toRequest(messages: BaseMessage[], parameters: object): object {
  const system = messages.filter((message) => message.type === 'system').map((message) => ({ text: message.text }));
  const contents = messages
    .filter((message) => message.type !== 'system')
    .map((message) => ({ role: message.type === 'ai' ? 'model' : 'user', parts: [{ text: message.text }] }));
  return { ...parameters, ...(system.length > 0 ? { systemInstruction: { role: 'system', parts: system } } : {}), contents };
}

function toChunk(answer: z.infer<typeof Answer>): ChatGenerationChunk {
  if (answer.error) throw new Error(answer.error.message);
  const candidate = answer.candidates?.[0];
  const text = (candidate?.content?.parts ?? []).map((part) => (part.thought ? '' : (part.text ?? ''))).join('');
  const reason = candidate?.finishReason ?? (answer.promptFeedback?.blockReason ? 'SAFETY' : undefined);
  const usage = answer.usageMetadata;
  const input = usage?.promptTokenCount ?? 0;
  const output = usage?.candidatesTokenCount ?? 0;
  const message = new AIMessageChunk({
    content: text,
    usage_metadata: usage ? { input_tokens: input, output_tokens: output, total_tokens: input + output } : undefined,
  });
  return new ChatGenerationChunk({ text, message, generationInfo: reason ? { finishReason: reason } : {} });
}

function messageOf(body: string): string {
  try {
    return Answer.parse(JSON.parse(body)).error?.message ?? body;
  } catch {
    return body;
  }
}
