import { event, textsIn, type Protocol } from './protocol';

const finishReasons = { stop: 'STOP', length: 'MAX_TOKENS', filtered: 'SAFETY' } as const;
const candidate = (text: string, finish?: string) => ({
  candidates: [
    { index: 0, content: { role: 'model', parts: text ? [{ text }] : [] }, ...(finish ? { finishReason: finish } : {}) },
  ],
});
const usage = (outputTokens: number) => ({
  usageMetadata: { promptTokenCount: 10, candidatesTokenCount: outputTokens, totalTokenCount: 10 + outputTokens },
});

/** Google Gemini `generateContent` and `streamGenerateContent?alt=sse`. */
export const geminiProtocol: Protocol = {
  streams: (path) => path.includes(':streamGenerateContent'),
  promptOf: (body) => [...textsIn(body['systemInstruction']), ...textsIn(body['contents'])].join('\n'),
  head: () => '',
  piece: (text) => event(candidate(text)),
  end: (finish, _model, outputTokens) => event({ ...candidate('', finishReasons[finish]), ...usage(outputTokens) }),
  errorInStream: (message) => event({ error: { code: 503, message, status: 'UNAVAILABLE' } }),
  errorBody: (status, message) => ({ error: { code: status, message, status: status === 429 ? 'RESOURCE_EXHAUSTED' : 'ERROR' } }),
  whole: (text, finish) => ({ ...candidate(text, finishReasons[finish]), ...usage(text.length) }),
};
