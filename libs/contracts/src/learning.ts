import { z } from 'zod';
import { BotParams } from './bots';
import { Id, Ok, storableText, Timestamp } from './common';
import { route } from './route';

/**
 * How far a bot is with learning its own knowledge. `off`: switched off, the embedder as it came is used. `unsupported`: the embedder in use
 * can't be taught. `too_small`: fewer passages than learning needs. `waiting`: will learn when the knowledge has settled. `learned`: what was
 * learned last is in use. `kept`: the last try would have found questions worse, so what was in use before stays.
 */
export const LearningStatus = z.enum(['off', 'unsupported', 'too_small', 'waiting', 'learning', 'learned', 'kept']);
export type LearningStatus = z.infer<typeof LearningStatus>;

export const LearningState = z.object({
  on: z.boolean(),
  status: LearningStatus,
  /** Name of the embedder in use; null: none, passages are found by their words alone. */
  embedder: z.string().nullable(),
  /**
   * The vectors that searches use. `ready`: they are of the present knowledge model; false while they are made anew. `made`: passages that
   * have got theirs meanwhile, as far as the process that answers makes them; null: none are being made there.
   */
  vectors: z.object({ set: z.string().nullable(), ready: z.boolean(), made: z.number().int().nullable() }),
  passages: z.number().int(),
  learnedAt: Timestamp.nullable(),
  /** How long the last learning took. */
  seconds: z.number().nullable(),
  /** The bot's own questions that the last learning was judged by: share of them found among the first five passages, 0 to 1. */
  questions: z.object({ count: z.number().int(), foundBefore: z.number(), foundAfter: z.number() }).nullable(),
  /** Why it is as it is, in words for the owner; null where there is nothing to say. */
  note: z.string().nullable(),
});
export type LearningState = z.infer<typeof LearningState>;

/** Questions of one bot by which its search is judged. */
export const maximumGoldenQuestions = 500;

export const GoldenQuestion = z.object({
  id: Id,
  botId: Id,
  question: z.string(),
  /** The source that answers it. */
  sourceId: Id,
  sourceName: z.string(),
  /** Words of the passage that answers it; empty: each passage of the source does. */
  quote: z.string(),
  /** Where the present search finds it: 1 is first, null not among the first 50. Absent (null) where it was not asked. */
  found: z.object({ rank: z.number().int().nullable() }).nullable(),
  createdAt: Timestamp,
});
export type GoldenQuestion = z.infer<typeof GoldenQuestion>;

export const CreateGoldenQuestion = z.object({
  question: storableText(1000, 1),
  sourceId: Id,
  quote: storableText(2000).default(''),
});
export type CreateGoldenQuestion = z.infer<typeof CreateGoldenQuestion>;

export const learningRoutes = {
  getLearning: route({ method: 'GET', path: '/v1/bots/{botId}/learning', tag: 'Learning', summary: 'How far the bot is with learning its own knowledge', access: { session: 'viewer', key: 'knowledge:read' }, params: BotParams, status: 200, response: LearningState }),
  learnNow: route({ method: 'POST', path: '/v1/bots/{botId}/learning', tag: 'Learning', summary: 'Learn the present knowledge now', access: { session: 'admin', key: 'knowledge:write' }, params: BotParams, status: 202, response: LearningState, errors: ['conflict'] }),
  listGoldenQuestions: route({ method: 'GET', path: '/v1/bots/{botId}/golden-questions', tag: 'Learning', summary: 'Questions by which the search is judged, newest first, each with its rank in the present search', access: { session: 'viewer', key: 'knowledge:read' }, params: BotParams, status: 200, response: z.object({ items: z.array(GoldenQuestion) }) }),
  createGoldenQuestion: route({ method: 'POST', path: '/v1/bots/{botId}/golden-questions', tag: 'Learning', summary: 'Add a question and the source that answers it', access: { session: 'admin', key: 'knowledge:write' }, params: BotParams, body: CreateGoldenQuestion, status: 201, response: GoldenQuestion, errors: ['conflict'] }),
  deleteGoldenQuestion: route({ method: 'DELETE', path: '/v1/golden-questions/{goldenQuestionId}', tag: 'Learning', summary: 'Remove such a question', access: { session: 'admin', key: 'knowledge:write' }, params: z.object({ goldenQuestionId: Id }), status: 200, response: Ok }),
} as const;
