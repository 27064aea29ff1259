import { z } from 'zod';
import { Citation, Unsupported } from './chat';
import { Id, storableText } from './common';
import { route } from './route';

/**
 * The part of the OpenAI chat protocol that this product speaks (https://platform.openai.com/docs/api-reference/chat).
 * `model` is a bot id. Fields that steer sampling are accepted and have no effect: the bot's own settings decide.
 */
const TextPart = z.object({ type: z.literal('text'), text: storableText(20_000) });
const Content = z.union([storableText(20_000), z.array(TextPart).max(50)]);
export const ChatCompletionRequest = z.looseObject({
  model: z.string().max(100),
  /** An earlier answer that only called tools has no content. */
  messages: z.array(z.looseObject({ role: z.enum(['system', 'developer', 'user', 'assistant']), content: Content.nullish() })).min(1).max(200),
  /** A question has one answer here. */
  n: z.literal(1).nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  user: z.string().max(200).nullish(),
});
export type ChatCompletionRequest = z.infer<typeof ChatCompletionRequest>;

const Usage = z.object({ prompt_tokens: z.number(), completion_tokens: z.number(), total_tokens: z.number() });
const head = { id: z.string(), created: z.number().int(), model: z.string() };
/** `citations`, `unsupported`, `answered` and `conversation_id` are this product's extra fields. */
const extra = { citations: z.array(Citation).optional(), unsupported: z.array(Unsupported).optional(), answered: z.boolean().optional(), conversation_id: z.string().optional() };

export const ChatCompletion = z.object({
  ...head,
  object: z.literal('chat.completion'),
  choices: z.array(z.object({ index: z.number(), message: z.object({ role: z.literal('assistant'), content: z.string(), refusal: z.null() }), finish_reason: z.enum(['stop', 'length']), logprobs: z.null() })),
  usage: Usage,
  ...extra,
});
export type ChatCompletion = z.infer<typeof ChatCompletion>;

/** One `data:` line of the stream, which ends with `data: [DONE]`. */
export const ChatCompletionChunk = z.object({
  ...head,
  object: z.literal('chat.completion.chunk'),
  choices: z.array(z.object({ index: z.number(), delta: z.object({ role: z.literal('assistant').optional(), content: z.string().optional() }), finish_reason: z.enum(['stop', 'length']).nullable(), logprobs: z.null() })),
  usage: Usage.nullish(),
  ...extra,
});
export type ChatCompletionChunk = z.infer<typeof ChatCompletionChunk>;

export const OpenAiModel = z.object({ id: z.string(), object: z.literal('model'), created: z.number().int(), owned_by: z.string(), name: z.string() });

export const openAiRoutes = {
  chatCompletions: route({ method: 'POST', path: '/v1/chat/completions', tag: 'OpenAI-compatible', summary: 'Chat completion by a bot, streamed or whole; citations in the extra field `citations`', access: { key: 'chat' }, body: ChatCompletionRequest, status: 200, response: ChatCompletion, errors: ['limit_reached', 'model_failed'] }),
  listModels: route({ method: 'GET', path: '/v1/models', tag: 'OpenAI-compatible', summary: 'Bots as models', access: { key: 'chat' }, status: 200, response: z.object({ object: z.literal('list'), data: z.array(OpenAiModel) }) }),
  getModel: route({ method: 'GET', path: '/v1/models/{model}', tag: 'OpenAI-compatible', summary: 'One bot as a model', access: { key: 'chat' }, params: z.object({ model: Id }), status: 200, response: OpenAiModel }),
} as const;
