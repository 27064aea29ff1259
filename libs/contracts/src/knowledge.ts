import { z } from 'zod';
import { BotParams } from './bots';
import { ErrorCodeSchema } from './errors';
import { AgentName } from './handover';
import { Id, pageOf, PageQuery, storableText, Timestamp, webAddress } from './common';
import { route } from './route';

export const SourceType = z.enum(['file', 'text', 'url', 'qa']);
export const SourceStatus = z.enum(['queued', 'processing', 'ready', 'failed']);
export const SourceStage = z.enum(['queued', 'fetching', 'extracting', 'chunking', 'indexing', 'ready', 'failed']);

/** An answer that a member has saved in a conversation. The bot uses it at once; an admin looks at it when they come to it. */
export const SavedFrom = z.object({ conversationId: Id, by: AgentName, isReviewed: z.boolean() });
export type SavedFrom = z.infer<typeof SavedFrom>;

export const Source = z.object({
  id: Id,
  botId: Id,
  type: SourceType,
  name: z.string(),
  status: SourceStatus,
  stage: SourceStage,
  /** Percent of the whole way, 0 to 100. */
  progress: z.number().int().min(0).max(100),
  error: z.object({ code: ErrorCodeSchema, message: z.string() }).optional(),
  /** As found in the content, not as the name claims. */
  mediaType: z.string().nullable(),
  url: z.string().nullable(),
  sizeBytes: z.number().int(),
  pageCount: z.number().int().nullable(),
  chunkCount: z.number().int(),
  characterCount: z.number().int(),
  language: z.string().nullable(),
  savedFrom: SavedFrom.optional(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
export type Source = z.infer<typeof Source>;

export const CreateSource = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), name: storableText(200, 1), text: storableText(2_000_000, 1), url: webAddress(2000).optional() }),
  z.object({ type: z.literal('url'), url: webAddress(2000), name: storableText(200, 1).optional() }),
  z.object({ type: z.literal('qa'), question: storableText(1000, 1), answer: storableText(20_000, 1) }),
]);
export type CreateSource = z.infer<typeof CreateSource>;

export const SourceText = z.object({
  sourceId: Id,
  title: z.string(),
  text: z.string(),
  /** SHA-256 of `text`; citations name it. */
  hash: z.string(),
  /** Where each page starts in `text` (UTF-16 units); empty where the format has no pages. */
  pages: z.array(z.object({ page: z.number().int(), start: z.number().int(), end: z.number().int() })),
});
export type SourceText = z.infer<typeof SourceText>;

/** What remains of a source after it was deleted, counted after the fact: zeros are the proof. */
export const DeletionReceipt = z.object({
  sourceId: Id,
  deletedAt: Timestamp,
  removed: z.object({ chunks: z.number().int(), snapshots: z.number().int(), files: z.number().int() }),
  remaining: z.object({ rows: z.number().int(), indexEntries: z.number().int(), files: z.number().int() }),
});
export type DeletionReceipt = z.infer<typeof DeletionReceipt>;

/** Why a passage was found. Shares of one list add up to at most 1; the greatest come first. */
export const PassageExplanation = z.object({
  /** Words of the question that stand in the passage, in whatever form. */
  lexical: z.array(z.object({ word: z.string(), share: z.number() })),
  /** Words of the question that the passage answers by meaning, each with the nearest word there. */
  vector: z.array(z.object({ word: z.string(), nearest: z.string(), share: z.number() })),
  /** The stretch of `text` that is nearest by meaning, in UTF-16 units of it, end exclusive. */
  window: z.object({ start: z.number().int(), end: z.number().int() }).nullable(),
});

export const Passage = z.object({
  chunkId: Id,
  sourceId: Id,
  sourceName: z.string(),
  title: z.string(),
  headings: z.array(z.string()),
  url: z.string().nullable(),
  page: z.number().int().nullable(),
  /** Span of the source's stored text, in UTF-16 units, end exclusive. */
  start: z.number().int(),
  end: z.number().int(),
  text: z.string(),
  /** 0 to 1, comparable within one answer only. */
  score: z.number(),
  scores: z.object({ lexical: z.number(), vector: z.number().nullable() }),
  /** With `explain`: places by words alone, by meaning alone and in the end, from 1; null where it is not ranked there. */
  ranks: z.object({ lexical: z.number().int().nullable(), vector: z.number().int().nullable(), fused: z.number().int() }).optional(),
  /** With `explain`. */
  explanation: PassageExplanation.optional(),
});
export type Passage = z.infer<typeof Passage>;

export const SourceParams = z.object({ sourceId: Id });

export const knowledgeRoutes = {
  createSource: route({ method: 'POST', path: '/v1/bots/{botId}/sources', tag: 'Knowledge', summary: 'Add knowledge: a file (multipart), text, a question with its answer, or a web page', access: { session: 'admin', key: 'knowledge:write' }, params: BotParams, body: CreateSource, multipart: true, status: 202, response: Source, errors: ['limit_reached', 'too_large', 'unsupported_media_type', 'address_not_allowed', 'file_empty'] }),
  listSources: route({ method: 'GET', path: '/v1/bots/{botId}/sources', tag: 'Knowledge', summary: 'Sources of a bot, newest first', access: { session: 'viewer', key: 'knowledge:read' }, params: BotParams, query: PageQuery.extend({ status: SourceStatus.optional(), type: SourceType.optional(), search: storableText(200).optional(), /** Only answers that members saved and no admin has looked at. */ unreviewed: z.stringbool().optional() }), status: 200, response: pageOf(Source) }),
  getSource: route({ method: 'GET', path: '/v1/sources/{sourceId}', tag: 'Knowledge', summary: 'One source and how far it is', access: { session: 'viewer', key: 'knowledge:read' }, params: SourceParams, status: 200, response: Source }),
  getSourceText: route({ method: 'GET', path: '/v1/sources/{sourceId}/text', tag: 'Knowledge', summary: 'The text that was extracted, with its pages', access: { session: 'viewer', key: 'knowledge:read' }, params: SourceParams, status: 200, response: SourceText }),
  getSourceFile: route({ method: 'GET', path: '/v1/sources/{sourceId}/file', tag: 'Knowledge', summary: 'The uploaded file, always as attachment', access: { session: 'viewer', key: 'knowledge:read' }, params: SourceParams, status: 200, produces: 'application/octet-stream' }),
  retrySource: route({ method: 'POST', path: '/v1/sources/{sourceId}/retry', tag: 'Knowledge', summary: 'Try a failed source again', access: { session: 'admin', key: 'knowledge:write' }, params: SourceParams, status: 202, response: Source, errors: ['conflict'] }),
  reviewSource: route({ method: 'PUT', path: '/v1/sources/{sourceId}/review', tag: 'Knowledge', summary: 'Say that a saved answer has been looked at, or has not', access: { session: 'admin' }, params: SourceParams, body: z.object({ reviewed: z.boolean() }), status: 200, response: Source }),
  deleteSource: route({ method: 'DELETE', path: '/v1/sources/{sourceId}', tag: 'Knowledge', summary: 'Delete a source; the answer proves that nothing is left', access: { session: 'admin', key: 'knowledge:write' }, params: SourceParams, status: 200, response: DeletionReceipt }),
  search: route({ method: 'POST', path: '/v1/bots/{botId}/search', tag: 'Knowledge', summary: 'Find passages', access: { session: 'viewer', key: 'knowledge:read' }, params: BotParams, body: z.object({ query: storableText(2000, 1), limit: z.number().int().min(1).max(50).default(10), explain: z.boolean().default(false) }), status: 200, response: z.object({ passages: z.array(Passage) }) }),
} as const;
