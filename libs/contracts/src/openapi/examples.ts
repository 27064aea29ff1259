import type { z } from 'zod';
import type { routes } from '../routes';
import type { Json } from './document';

type Table = typeof routes;
type RequestOf<R> = R extends { body: infer Body extends z.ZodType } ? { request?: z.input<Body> } : object;
type AnswerOf<R> = R extends { response: infer Response extends z.ZodType } ? { response?: z.output<Response> } : object;
type Examples = { [Name in keyof Table]?: RequestOf<Table[Name]> & AnswerOf<Table[Name]> };

/** The example of a media type object, or nothing where there is none. */
export function exampleOf(name: string, part: 'request' | 'response'): Json {
  const entry = (examples as Record<string, Partial<Record<typeof part, unknown>>>)[name];
  return entry?.[part] === undefined ? {} : { example: entry[part] };
}

const botId = '01930f5a-1c44-7d0b-8a53-6e2f9b7c4d10';
const sourceId = '01930f5b-52e0-7a31-b1c6-0d4e8f2a9b35';
const conversationId = '01930f5d-90b2-7e4d-9c07-3a1b5d7f8e22';
const turnId = '01930f5e-7a10-7c2e-9b1f-2f0d6a5b8c11';
const visitorId = '01930f5d-8e01-7b6a-a2d4-5c9e1f3b7a44';
const at = '2026-11-21T09:30:00.000Z';
const hash = '4f9a1c0b7d2e83655a6bd0f1c27e94386f1d5b0e9a48c37c21f6e8d90b5a7342';
const widget = {
  title: 'Ask us',
  greeting: 'Hello! What would you like to know?',
  colour: '#3b5bdb',
  position: 'right',
  theme: 'auto',
  language: 'auto',
  suggestedQuestions: ['How do I return an item?'],
} as const;
const bot = {
  id: botId,
  name: 'Shop help',
  instructions: '',
  limitMessage: '',
  widget: { ...widget, suggestedQuestions: [...widget.suggestedQuestions] },
  allowedOrigins: ['https://www.example.com'],
  learning: true,
  createdAt: at,
  updatedAt: at,
};
const quote = 'Returns are free within 30 days.';
const citation = { n: 1, sourceId, title: 'Returns', page: 2, start: 1204, end: 1236, quote, snapshotHash: hash };
const source = {
  id: sourceId,
  botId,
  type: 'file',
  name: 'returns.pdf',
  status: 'ready',
  stage: 'ready',
  progress: 100,
  mediaType: 'application/pdf',
  url: null,
  sizeBytes: 48213,
  pageCount: 3,
  chunkCount: 11,
  characterCount: 9120,
  language: 'en',
  createdAt: at,
  updatedAt: at,
} as const;
const conversation = {
  id: conversationId,
  botId,
  channel: 'api',
  visitorId: null,
  title: 'How do I return an item?',
  messageCount: 2,
  unansweredCount: 0,
  rating: null,
  pageUrl: null,
  locale: 'en',
  createdAt: at,
  lastMessageAt: at,
} as const;

/** Requests and answers as they travel; the test parses each with its own schema. */
export const examples: Examples = {
  listBots: { response: { items: [bot] } },
  createBot: {
    request: {
      name: 'Shop help',
      allowedOrigins: ['https://www.example.com'],
      widget: { greeting: 'Hello! What would you like to know?' },
    },
    response: bot,
  },
  updateBot: {
    request: { widget: { colour: '#0b7285' }, allowedOrigins: ['https://www.example.com', 'https://shop.example.com'] },
  },
  createVisitorSession: {
    request: { botId },
    response: {
      token: 'eyJhbGciOiJIUzI1NiJ9.eyJ2IjoiMDE5MzBmNWQifQ.c2lnbmF0dXJl',
      expiresAt: '2026-11-21T10:30:00.000Z',
      visitorId,
      identified: null,
      bot: {
        id: botId,
        name: 'Shop help',
        widget: bot.widget,
        branding: true,
        people: { enabled: true, open: true },
        preChatForm: null,
        messageForm: null,
        attachments: false,
        satisfaction: true,
        mailTranscript: false,
      },
    },
  },
  createSource: {
    request: { type: 'text', name: 'Returns', text: 'Returns are free within 30 days. Write to us for a label.' },
    response: {
      ...source,
      status: 'queued',
      stage: 'queued',
      progress: 0,
      pageCount: null,
      chunkCount: 0,
      characterCount: 0,
      language: null,
      mediaType: null,
    },
  },
  listSources: { response: { items: [source], nextCursor: null } },
  getSource: { response: source },
  getSourceText: {
    response: {
      sourceId,
      title: 'Returns',
      text: 'Returns are free within 30 days. Write to us for a label.',
      hash,
      pages: [{ page: 1, start: 0, end: 57 }],
    },
  },
  deleteSource: {
    response: {
      sourceId,
      deletedAt: at,
      removed: { chunks: 11, snapshots: 1, files: 1 },
      remaining: { rows: 0, indexEntries: 0, files: 0 },
    },
  },
  search: {
    request: { query: 'return an item', limit: 3 },
    response: {
      passages: [
        {
          chunkId: '01930f5c-0a7e-7f52-8d19-4b6c2e8a1f03',
          sourceId,
          sourceName: 'returns.pdf',
          title: 'Returns',
          headings: ['Orders', 'Returns'],
          url: null,
          page: 2,
          start: 1180,
          end: 1236,
          text: `Sending things back\n\n${quote}`,
          score: 0.94,
          scores: { lexical: 7.31, vector: null },
        },
      ],
    },
  },
  createConversation: {
    request: { locale: 'en' },
    response: { ...conversation, title: '', messageCount: 0, lastSeq: 0, state: 'bot', transcript: [] },
  },
  sendMessage: { request: { clientMessageId: 'a6d1c1de-31', text: 'How do I return an item?' }, response: { turnId, seq: 1 } },
  getConversation: {
    response: {
      ...conversation,
      lastSeq: 5,
      state: 'bot',
      transcript: [
        { role: 'visitor', seq: 1, turnId, text: 'How do I return an item?', at },
        {
          role: 'assistant',
          seq: 5,
          turnId,
          text: `${quote} [1]`,
          status: 'completed',
          citations: [citation],
          answered: true,
          suggestions: [],
          rating: null,
          at,
        },
      ],
    },
  },
  rateTurn: { request: { rating: 'up' } },
  citedPassage: { response: { citation, before: 'Sending things back\n\n', quote, after: ' Write to us for a label.' } },
  chatCompletions: {
    request: { model: botId, messages: [{ role: 'user', content: 'How do I return an item?' }] },
    response: {
      id: `chatcmpl-${turnId}`,
      object: 'chat.completion',
      created: 1795253400,
      model: botId,
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: `${quote} [1]`, refusal: null },
          finish_reason: 'stop',
          logprobs: null,
        },
      ],
      usage: { prompt_tokens: 212, completion_tokens: 9, total_tokens: 221 },
      citations: [citation],
      answered: true,
      conversation_id: conversationId,
    },
  },
  listModels: {
    response: {
      object: 'list',
      data: [{ id: botId, object: 'model', created: 1795253400, owned_by: 'docent', name: 'Shop help' }],
    },
  },
  getModel: { response: { id: botId, object: 'model', created: 1795253400, owned_by: 'docent', name: 'Shop help' } },
  createApiKey: { request: { name: 'Website backend', scopes: ['chat', 'knowledge:write'] } },
  inviteMember: { request: { email: 'sam@example.com', role: 'agent' } },
  changeMember: { request: { role: 'admin' } },
  updateModelSettings: {
    request: { provider: 'openai', model: 'gpt-4.1-mini', apiKey: 'sk-your-key' },
    response: { from: 'workspace', provider: 'openai', model: 'gpt-4.1-mini', baseUrl: '', hasApiKey: true },
  },
  testModelSettings: {
    request: { provider: 'openai', model: 'llama3.1', baseUrl: 'http://localhost:11434/v1' },
    response: { ok: true, message: 'The model answered.', firstTokenMs: 180 },
  },
  signUp: {
    request: { email: 'sam@example.com', password: 'twelve letters or more', name: 'Sam', workspaceName: 'Example Ltd' },
  },
  signIn: { request: { email: 'sam@example.com', password: 'twelve letters or more' } },
};
