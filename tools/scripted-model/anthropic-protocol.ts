import { event, textsIn, type Protocol } from './protocol';

const finishReasons = { stop: 'end_turn', length: 'max_tokens', filtered: 'refusal' } as const;
const message = (model: string, content: unknown[], stopReason: string | null, outputTokens: number) => ({
  id: 'msg_scripted',
  type: 'message',
  role: 'assistant',
  model,
  content,
  stop_reason: stopReason,
  stop_sequence: null,
  usage: { input_tokens: 10, output_tokens: outputTokens },
});

/** Anthropic Messages. */
export const anthropicProtocol: Protocol = {
  streams: (_path, body) => body['stream'] === true,
  promptOf: (body) => [...textsIn(body['system']), ...textsIn(body['messages'])].join('\n'),
  head: (model) =>
    event({ type: 'message_start', message: message(model, [], null, 0) }, 'message_start') +
    event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }, 'content_block_start') +
    event({ type: 'ping' }, 'ping'),
  piece: (text) => event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }, 'content_block_delta'),
  end: (finish, _model, outputTokens) =>
    event({ type: 'content_block_stop', index: 0 }, 'content_block_stop') +
    event(
      {
        type: 'message_delta',
        delta: { stop_reason: finishReasons[finish], stop_sequence: null },
        usage: { output_tokens: outputTokens },
      },
      'message_delta',
    ) +
    event({ type: 'message_stop' }, 'message_stop'),
  errorInStream: (text) => event({ type: 'error', error: { type: 'overloaded_error', message: text } }, 'error'),
  errorBody: (status, text) => ({
    type: 'error',
    error: { type: status === 401 ? 'authentication_error' : 'api_error', message: text },
  }),
  whole: (text, finish, model) => message(model, [{ type: 'text', text }], finishReasons[finish], text.length),
};
