import { z } from 'zod';
import { Attachment, attachmentIds } from './attachments';
import { BotParams } from './bots';
import { ErrorCodeSchema } from './errors';
import { AgentName, HandoverReason, HandoverState } from './handover';
import { Count, Id, Ok, pageOf, PageQuery, storableText, Timestamp, webAddress } from './common';
import { route } from './route';

/**
 * A span of a stored source that carries a sentence of an answer. `n` is the number in the text, as `[n]`.
 * `start` and `end` are UTF-16 offsets into the source text whose SHA-256 is `snapshotHash`; `quote` is that span, verbatim.
 */
export const Citation = z.object({
  n: z.number().int().min(1),
  sourceId: Id,
  title: z.string(),
  url: z.string().optional(),
  page: z.number().int().optional(),
  start: z.number().int().min(0),
  end: z.number().int().min(0),
  quote: z.string(),
  snapshotHash: z.string(),
});
export type Citation = z.infer<typeof Citation>;

/** Stands in the text of an answer behind a sentence that no passage carries, where a citation would stand. */
export const unsupportedMark = '[?]';

/**
 * A sentence of an answer that states something which its sources do not: UTF-16 offsets into the text of the answer, without marks.
 * `number`, `name`: one that does not stand in what it cites; `negation`: the source says the opposite; `words`: no source says anything like it.
 */
export const Unsupported = z.object({
  start: z.number().int().min(0),
  end: z.number().int().min(0),
  reason: z.enum(['words', 'number', 'name', 'negation']),
});
export type Unsupported = z.infer<typeof Unsupported>;

const turn = { turnId: Id };

/** Payloads of the conversation's log, by event type. Text of all deltas of a turn, joined, is the text of its completion. */
export const eventPayloads = {
  /** Somebody said something: a visitor (starts a turn where the bot holds the floor), an agent, or earlier turns that an API caller brought along. */
  message: z.object({
    turnId: Id.nullable(),
    clientMessageId: z.string().nullable(),
    role: z.enum(['visitor', 'assistant', 'system', 'agent']),
    text: z.string(),
    /** Who wrote, where the role is `agent`. */
    agent: AgentName.optional(),
    attachments: z.array(Attachment).optional(),
  }),
  'answer.started': z.object(turn),
  /** `citations` are those that this piece mentions for the first time, `unsupported` the sentences that end with this piece; offsets count from the answer's beginning. */
  'answer.delta': z.object({ ...turn, text: z.string(), citations: z.array(Citation).optional(), unsupported: z.array(Unsupported).optional() }),
  'answer.completed': z.object({
    ...turn,
    text: z.string(),
    citations: z.array(Citation),
    /** Absent where every sentence is carried. */
    unsupported: z.array(Unsupported).optional(),
    /** False when the knowledge does not answer; the text then says so politely. */
    answered: z.boolean(),
    /** Closest topics, offered when nothing answers. */
    suggestions: z.array(z.string()),
    /** `length`: the model stopped at its output limit; the text says so. */
    finishReason: z.enum(['stop', 'length', 'stopped_by_visitor', 'handed_over']),
  }),
  /** The answer begins again, because its process died: forget what this turn's deltas from `fromSeq` on have said. */
  'answer.restarted': z.object({ ...turn, fromSeq: z.number().int() }),
  'answer.failed': z.object({ ...turn, code: ErrorCodeSchema, message: z.string() }),
  /** The conversation is with somebody else from now on. `text` is what the visitor is told, in their language; empty: nothing. */
  handover: z.object({
    state: HandoverState,
    reason: HandoverReason,
    agent: AgentName.nullable(),
    text: z.string(),
    promisedSeconds: z.number().int().nullable(),
    /** Nobody will come: offer the message form. */
    offersForm: z.boolean(),
  }),
} as const;

export const eventTypes = Object.keys(eventPayloads) as [EventType, ...EventType[]];
export type EventType = keyof typeof eventPayloads;
export type EventPayload<T extends EventType> = z.infer<(typeof eventPayloads)[T]>;

/** One entry of a conversation's append-only log. `seq` counts from 1 without gaps within the conversation. */
export type ConversationEvent = { [T in EventType]: { seq: number; type: T; at: string; data: EventPayload<T> } }[EventType];

const eventOf = <T extends EventType>(type: T) => z.object({ seq: z.number().int(), type: z.literal(type), at: Timestamp, data: eventPayloads[type] });
export const ConversationEventSchema = z.discriminatedUnion('type', [
  eventOf('message'), eventOf('answer.started'), eventOf('answer.delta'), eventOf('answer.completed'), eventOf('answer.restarted'), eventOf('answer.failed'), eventOf('handover'),
]);

/** Who types and who has read, as it happens: told to those who look at this moment, and no part of the log. */
export const Presence = z.object({
  kind: z.enum(['typing', 'read', 'here']),
  by: z.enum(['visitor', 'agent']),
  /** Of an agent who types. */
  name: z.string().optional(),
  /** Of `typing`: begins or ends. An end may get lost; whoever types says so every few seconds. */
  on: z.boolean().optional(),
  /** Of `read`: up to where. */
  seq: z.number().int().optional(),
});
export type Presence = z.infer<typeof Presence>;

/** The last word to those who follow a conversation that was deleted: the event `gone` of a stream, without `id`, and of a socket, with the conversation's id. */
export const ConversationGone = z.object({ conversationId: Id, code: z.literal('not_found'), message: z.string() });
export type ConversationGone = z.infer<typeof ConversationGone>;

export const TurnStatus = z.enum(['running', 'completed', 'failed']);
export const Rating = z.enum(['up', 'down']);
export type Rating = z.infer<typeof Rating>;

/** What was said, put together from the log. */
export const TranscriptEntry = z.discriminatedUnion('role', [
  z.object({ role: z.literal('visitor'), seq: z.number().int(), turnId: Id.nullable(), text: z.string(), attachments: z.array(Attachment).optional(), at: Timestamp }),
  z.object({ role: z.literal('agent'), seq: z.number().int(), agent: AgentName.optional(), text: z.string(), attachments: z.array(Attachment).optional(), at: Timestamp }),
  z.object({ role: z.literal('handover'), seq: z.number().int(), ...eventPayloads.handover.shape, at: Timestamp }),
  z.object({
    role: z.literal('assistant'),
    seq: z.number().int(),
    turnId: Id.nullable(),
    text: z.string(),
    status: TurnStatus,
    citations: z.array(Citation),
    unsupported: z.array(Unsupported).optional(),
    answered: z.boolean().nullable(),
    suggestions: z.array(z.string()),
    rating: Rating.nullable(),
    error: z.object({ code: ErrorCodeSchema, message: z.string() }).optional(),
    at: Timestamp,
  }),
]);
export type TranscriptEntry = z.infer<typeof TranscriptEntry>;

export const Channel = z.enum(['widget', 'api', 'openai', 'playground']);
export type Channel = z.infer<typeof Channel>;

/** What a conversation is about, as members see it. `sources`: the title of the source that its answers cite most; `member`: set by hand. */
export const Topic = z.object({ name: z.string(), from: z.enum(['member', 'sources']) });
export type Topic = z.infer<typeof Topic>;
export const TopicName = storableText(80, 1);

export const ConversationSummary = z.object({
  id: Id,
  botId: Id,
  channel: Channel,
  visitorId: Id.nullable(),
  /** The first question, cut to 140 characters. */
  title: z.string(),
  messageCount: z.number().int(),
  unansweredCount: z.number().int(),
  rating: Rating.nullable(),
  pageUrl: z.string().nullable(),
  locale: z.string().nullable(),
  createdAt: Timestamp,
  lastMessageAt: Timestamp,
});
export type ConversationSummary = z.infer<typeof ConversationSummary>;

/** In a list that members and programs see; visitors are not told how a conversation is filed. */
export const ListedConversation = ConversationSummary.extend({ topic: Topic.nullable() });
export type ListedConversation = z.infer<typeof ListedConversation>;

export const Conversation = ConversationSummary.extend({
  /** Follow the events from here to miss nothing and see nothing twice. */
  lastSeq: z.number().int(),
  state: HandoverState,
  transcript: z.array(TranscriptEntry),
});
export type Conversation = z.infer<typeof Conversation>;

export const SendMessage = z.object({
  /** Made by the caller, once per message: sending it again returns the same turn and asks nothing twice. */
  clientMessageId: storableText(100, 1),
  text: storableText(4000),
  attachmentIds,
}).refine(({ text, attachmentIds: files }) => text.trim() !== '' || (files?.length ?? 0) > 0, 'needs a text or an attachment');
export type SendMessage = z.infer<typeof SendMessage>;
export const Turn = z.object({ turnId: Id, seq: z.number().int() });
export type Turn = z.infer<typeof Turn>;

/** In a query: the last event that the caller has seen. */
const After = z.coerce.number().pipe(Count);

export const ConversationParams = z.object({ conversationId: Id });

/** What the playground shows behind an answer: the passages that were looked at, best first. */
export const TurnInspection = z.object({
  turnId: Id,
  question: z.string(),
  /** What was searched for: the question, or what it means after what was said before. */
  query: z.string(),
  model: z.string(),
  passages: z.array(z.object({ sourceId: Id, title: z.string(), headings: z.array(z.string()), page: z.number().int().nullable(), start: z.number().int(), end: z.number().int(), text: z.string(), score: z.number(), cited: z.boolean() })),
  timings: z.object({ retrievalMs: z.number(), firstTokenMs: z.number().nullable(), totalMs: z.number() }),
});
export type TurnInspection = z.infer<typeof TurnInspection>;

export const chatRoutes = {
  createConversation: route({ method: 'POST', path: '/v1/bots/{botId}/conversations', tag: 'Chat', summary: 'Begin a conversation', access: { visitor: true, key: 'chat', session: 'agent' }, params: BotParams, body: z.object({ pageUrl: webAddress(2000).optional(), locale: storableText(35).optional() }).prefault({}), status: 201, response: Conversation }),
  listConversations: route({ method: 'GET', path: '/v1/conversations', tag: 'Chat', summary: 'Conversations of the workspace, newest first', access: { session: 'viewer', key: 'conversations:read' }, query: PageQuery.extend({ botId: Id.optional(), channel: Channel.optional(), unanswered: z.stringbool().optional(), rating: Rating.optional(), topic: TopicName.optional(), search: storableText(200).optional() }), status: 200, response: pageOf(ListedConversation) }),
  getConversation: route({ method: 'GET', path: '/v1/conversations/{conversationId}', tag: 'Chat', summary: 'The transcript with its citations', access: { visitor: true, key: 'chat', session: 'viewer' }, params: ConversationParams, status: 200, response: Conversation }),
  deleteConversation: route({ method: 'DELETE', path: '/v1/conversations/{conversationId}', tag: 'Chat', summary: 'Delete a conversation with its log', access: { session: 'admin' }, params: ConversationParams, status: 200, response: Ok }),
  sendMessage: route({ method: 'POST', path: '/v1/conversations/{conversationId}/messages', tag: 'Chat', summary: 'Ask; the answer arrives in the events', access: { visitor: true, key: 'chat', session: 'agent' }, params: ConversationParams, body: SendMessage, status: 202, response: Turn, errors: ['turn_running'] }),
  stopTurn: route({ method: 'POST', path: '/v1/conversations/{conversationId}/turns/{turnId}/stop', tag: 'Chat', summary: 'Stop the running answer; what was written stays', access: { visitor: true, key: 'chat', session: 'agent' }, params: ConversationParams.extend({ turnId: Id }), status: 200, response: Ok }),
  rateTurn: route({ method: 'PUT', path: '/v1/conversations/{conversationId}/turns/{turnId}/rating', tag: 'Chat', summary: 'Thumb up or down, or take it back with null', access: { visitor: true, key: 'chat', session: 'agent' }, params: ConversationParams.extend({ turnId: Id }), body: z.object({ rating: Rating.nullable() }), status: 200, response: Ok }),
  inspectTurn: route({ method: 'GET', path: '/v1/conversations/{conversationId}/turns/{turnId}/inspection', tag: 'Chat', summary: 'The passages and scores behind an answer', access: { session: 'viewer' }, params: ConversationParams.extend({ turnId: Id }), status: 200, response: TurnInspection }),
  citedPassage: route({ method: 'GET', path: '/v1/conversations/{conversationId}/turns/{turnId}/citations/{n}', tag: 'Chat', summary: 'The passage around a citation, to be shown with the sentence highlighted', access: { visitor: true, key: 'chat', session: 'viewer' }, params: ConversationParams.extend({ turnId: Id, n: z.coerce.number().int().min(1).max(1000) }), status: 200, response: z.object({ citation: Citation, before: z.string(), quote: z.string(), after: z.string() }) }),
  followEvents: route({ method: 'GET', path: '/v1/conversations/{conversationId}/events', tag: 'Chat', summary: 'The log as server-sent events: `id` is the sequence number, `event` the type. Resume with Last-Event-ID or `after`', access: { visitor: true, key: 'chat', session: 'viewer' }, params: ConversationParams, query: z.object({ after: After.optional() }), status: 200, produces: 'text/event-stream' }),
  nextEvents: route({ method: 'GET', path: '/v1/conversations/{conversationId}/events/next', tag: 'Chat', summary: 'The next part of the log as JSON, for networks that break streams', access: { visitor: true, key: 'chat', session: 'viewer' }, params: ConversationParams, query: z.object({ after: After.default(0), waitSeconds: z.coerce.number().int().min(0).max(25).default(25), /** Of the last answer; empty in the first request. Where a side has read further meanwhile, the answer comes at once. */ marks: z.string().regex(/^(\d{1,9}\.\d{1,9})?$/).optional() }), status: 200, response: z.object({ events: z.array(ConversationEventSchema), lastSeq: z.number().int(), presence: z.array(Presence), /** How far agent and visitor have read. */ marks: z.string() }) }),
} as const;
