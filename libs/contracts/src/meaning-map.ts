import { z } from 'zod';
import { BotParams } from './bots';
import { Id, Timestamp } from './common';
import { SourceType } from './knowledge';
import { route } from './route';

/** At most this many passages are drawn; of more, an even sample. */
export const maximumMapPassages = 3000;
/** At most this many questions, the latest. */
export const maximumMapQuestions = 500;
/** How far back questions are looked for. */
export const mapDays = 30;

/** Where something stands on the map. Only distances say something: what is near means similar things. */
const place = { x: z.number(), y: z.number() };

export const MapPassage = z.object({
  chunkId: Id,
  sourceId: Id,
  /** The innermost heading, or the title of the source. */
  title: z.string(),
  /** Its first words. */
  excerpt: z.string(),
  /** Span of the source's stored text, in UTF-16 units, end exclusive. */
  start: z.number().int(),
  end: z.number().int(),
  /** Which of `topics`, from 0. */
  topic: z.number().int(),
  ...place,
});
export type MapPassage = z.infer<typeof MapPassage>;

export const MapQuestion = z.object({
  conversationId: Id,
  /** Of the message in the conversation's log. */
  seq: z.number().int(),
  text: z.string(),
  answered: z.boolean(),
  askedAt: Timestamp,
  /** Which of `topics` it is nearest to; null where its words mean nothing to the embedder. */
  topic: z.number().int().nullable(),
  /** The passage that means most nearly the same, as a place in `points`, and its cosine. */
  nearest: z.object({ point: z.number().int(), closeness: z.number() }).nullable(),
  place: z.object(place).nullable(),
});
export type MapQuestion = z.infer<typeof MapQuestion>;

export const MeaningMap = z.object({
  /** The vectors' set; null: there is no embedder, and nothing to draw. */
  set: z.string().nullable(),
  /** All passages of the bot. */
  passages: z.number().int(),
  /** Whether `points` are a sample of them. */
  sampled: z.boolean(),
  /** Passages without a word that means something to the embedder are left out. */
  points: z.array(MapPassage),
  sources: z.array(z.object({ id: Id, name: z.string(), type: SourceType, passages: z.number().int() })),
  /** What the passages are about: the title of the passage in the middle of each group, and where the group stands. */
  topics: z.array(z.object({ title: z.string(), passages: z.number().int(), ...place })),
  /** Of visitors in the last 30 days, newest first; those in the playground are not among them. */
  questions: z.array(MapQuestion),
});
export type MeaningMap = z.infer<typeof MeaningMap>;

export const meaningMapRoutes = {
  meaningMap: route({ method: 'GET', path: '/v1/bots/{botId}/meaning-map', tag: 'Knowledge', summary: 'The knowledge by meaning on two dimensions, with what visitors asked', access: { session: 'viewer', key: 'conversations:read' }, params: BotParams, status: 200, response: MeaningMap }),
} as const;
