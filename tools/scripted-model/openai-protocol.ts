import { event, textsIn, type Protocol } from './protocol';

const finishReasons = { stop: 'stop', length: 'length', filtered: 'content_filter' } as const;
const usage = (outputTokens: number) => ({ prompt_tokens: 10, completion_tokens: outputTokens, total_tokens: 10 + outputTokens });
const chunk = (model: string, delta: object, finish: string | null) => ({
  id: 'chatcmpl-scripted',
  object: 'chat.completion.chunk',
  created: 1,
  model,
  choices: [{ index: 0, delta, finish_reason: finish }],
});

/** OpenAI chat completions. */
export const openAiProtocol: Protocol = {
  streams: (_path, body) => body['stream'] === true,
  promptOf: (body) => textsIn(body['messages']).join('\n'),
  head: (model) => event(chunk(model, { role: 'assistant', content: '' }, null)),
  piece: (text, model) => event(chunk(model, { content: text }, null)),
  end: (finish, model, outputTokens) =>
    event(chunk(model, {}, finishReasons[finish])) +
    event({
      id: 'chatcmpl-scripted',
      object: 'chat.completion.chunk',
      created: 1,
      model,
      choices: [],
      usage: usage(outputTokens),
    }) +
    event('[DONE]'),
  errorInStream: (message) => event({ error: { message, type: 'server_error', code: null } }),
  errorBody: (status, message) => ({
    error: { message, type: status === 401 ? 'invalid_request_error' : 'error', code: status === 404 ? 'model_not_found' : null },
  }),
  whole: (text, finish, model) => ({
    id: 'chatcmpl-scripted',
    object: 'chat.completion',
    created: 1,
    model,
    usage: usage(text.length),
    choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: finishReasons[finish] }],
  }),
};
