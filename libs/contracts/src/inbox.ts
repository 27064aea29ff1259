import { z } from 'zod';
import { attachmentIds } from './attachments';
import { ConversationParams, ConversationSummary, Citation, Topic, TopicName } from './chat';
import { AgentName, HandoverReason, HandoverState } from './handover';
import { Count, Id, Ok, pageOf, PageQuery, storableText, Timestamp } from './common';
import { Source } from './knowledge';
import { route } from './route';

/**
 * The lists of the inbox. `mine`: taken by the caller. `waiting`: a person is awaited, and nobody has come yet. `unassigned`: open, a person
 * was wanted at some time, and nobody has it, also where the bot answers again. `snoozed` ones are in no other list.
 */
export const inboxViews = ['mine', 'unassigned', 'waiting', 'bot', 'closed', 'snoozed', 'all'] as const;
export const InboxView = z.enum(inboxViews);
export type InboxView = z.infer<typeof InboxView>;

export const Tag = storableText(40, 1);

export const InboxItem = ConversationSummary.extend({
  state: HandoverState,
  assignee: AgentName.nullable(),
  /** The last thing that was said, cut to 140 characters. */
  preview: z.string(),
  lastSeq: z.number().int(),
  /** Messages of the visitor that no member has seen yet. */
  unread: z.number().int(),
  waitingSince: Timestamp.nullable(),
  snoozedUntil: Timestamp.nullable(),
  tags: z.array(z.string()),
  /** Null where nobody has set one and no answer cites a source. */
  topic: Topic.nullable(),
  /** Name or e-mail address, where the visitor gave one or their website vouched for it. */
  visitorName: z.string().nullable(),
});
export type InboxItem = z.infer<typeof InboxItem>;

export const InboxCounts = z.object(Object.fromEntries(inboxViews.map((view) => [view, z.number().int()])) as Record<InboxView, z.ZodNumber>);
export type InboxCounts = z.infer<typeof InboxCounts>;

/** Seen by members only; never part of the log that visitors follow. */
export const Note = z.object({ id: Id, author: AgentName, text: z.string(), at: Timestamp });
export type Note = z.infer<typeof Note>;

/** What the bot tells the person who takes over. Drawn from the transcript and the knowledge, with their citations. */
export const Brief = z.object({
  summary: z.string(),
  citations: z.array(Citation),
  suggestions: z.array(z.object({ text: z.string(), citations: z.array(Citation) })),
});
export type Brief = z.infer<typeof Brief>;

export const VisitorFacts = z.object({
  visitorId: Id.nullable(),
  /** True where the customer's own server has signed for the identity. */
  verified: z.boolean(),
  externalId: z.string().nullable(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  /** Fields of forms and of the signed identity. */
  fields: z.record(z.string(), z.string()),
  pageUrl: z.string().nullable(),
  locale: z.string().nullable(),
  earlier: z.array(z.object({ id: Id, title: z.string(), state: HandoverState, lastMessageAt: Timestamp })),
});
export type VisitorFacts = z.infer<typeof VisitorFacts>;

/** What a member sees beside the transcript. */
export const ConversationDetails = z.object({
  conversation: InboxItem,
  visitor: VisitorFacts,
  notes: z.array(Note),
  brief: Brief.nullable(),
  /** Whoever writes must name it; it rises whenever the writer changes. */
  fence: z.number().int(),
  handoverReason: HandoverReason.nullable(),
  /** How far each side has read. */
  visitorReadSeq: z.number().int(),
  agentReadSeq: z.number().int(),
  satisfaction: z.object({ score: z.number().int(), comment: z.string() }).nullable(),
});
export type ConversationDetails = z.infer<typeof ConversationDetails>;

export const CannedReply = z.object({ id: Id, shortcut: z.string(), text: z.string() });
export type CannedReply = z.infer<typeof CannedReply>;
const CannedReplyFields = z.object({ shortcut: z.string().regex(/^[\p{L}\p{N}_-]{1,40}$/u, 'expected letters, digits, - or _'), text: storableText(4000, 1) });

/** Who writes now, and by which fence. */
export const Floor = z.object({ state: HandoverState, fence: z.number().int(), assignee: AgentName.nullable() });
export type Floor = z.infer<typeof Floor>;

const agentOnly = { session: 'agent' } as const;
const path = '/v1/conversations/{conversationId}';
const CannedReplyParams = z.object({ cannedReplyId: Id });

export const inboxRoutes = {
  listInbox: route({ method: 'GET', path: '/v1/inbox', tag: 'Inbox', summary: 'Conversations of a list, latest message first', access: { session: 'viewer' }, query: z.object({ view: InboxView.default('all'), botId: Id.optional(), tag: Tag.optional(), topic: TopicName.optional(), search: storableText(200).optional(), /** The `nextCursor` of the page before. */ cursor: z.string().max(100).optional(), limit: PageQuery.shape.limit }), status: 200, response: pageOf(InboxItem) }),
  countInbox: route({ method: 'GET', path: '/v1/inbox/counts', tag: 'Inbox', summary: 'How many conversations each list holds', access: { session: 'viewer' }, query: z.object({ botId: Id.optional() }), status: 200, response: InboxCounts }),
  conversationDetails: route({ method: 'GET', path: `${path}/details`, tag: 'Inbox', summary: 'Visitor, notes, brief and state beside the transcript', access: { session: 'viewer' }, params: ConversationParams, status: 200, response: ConversationDetails }),
  takeConversation: route({ method: 'POST', path: `${path}/take`, tag: 'Inbox', summary: 'Take over from the bot or from another member; a running answer ends', access: agentOnly, params: ConversationParams, /** With the `fence` that the caller saw: refused where somebody else was faster. */ body: z.object({ fence: Count.optional() }).prefault({}), status: 200, response: Floor, errors: ['conflict'] }),
  releaseConversation: route({ method: 'POST', path: `${path}/release`, tag: 'Inbox', summary: 'Give the conversation back to the bot or to the queue', access: agentOnly, params: ConversationParams, body: z.object({ to: z.enum(['bot', 'queue']) }), status: 200, response: Floor, errors: ['conflict'] }),
  closeConversation: route({ method: 'POST', path: `${path}/close`, tag: 'Inbox', summary: 'Close; the next message of the visitor opens it again', access: agentOnly, params: ConversationParams, status: 200, response: Floor, errors: ['conflict'] }),
  reopenConversation: route({ method: 'POST', path: `${path}/reopen`, tag: 'Inbox', summary: 'Open a closed conversation again, with the bot', access: agentOnly, params: ConversationParams, status: 200, response: Floor, errors: ['conflict'] }),
  assignConversation: route({ method: 'PUT', path: `${path}/assignee`, tag: 'Inbox', summary: 'Give the conversation to a member, or to nobody with null', access: agentOnly, params: ConversationParams, body: z.object({ memberId: Id.nullable() }), status: 200, response: Floor, errors: ['conflict'] }),
  snoozeConversation: route({ method: 'PUT', path: `${path}/snooze`, tag: 'Inbox', summary: 'Hide until a time, or show again with null; a message of the visitor shows it again too', access: agentOnly, params: ConversationParams, body: z.object({ until: Timestamp.nullable() }), status: 200, response: Ok }),
  tagConversation: route({ method: 'PUT', path: `${path}/tags`, tag: 'Inbox', summary: 'Replace the tags', access: agentOnly, params: ConversationParams, body: z.object({ tags: z.array(Tag).max(20) }), status: 200, response: Ok }),
  setTopic: route({ method: 'PUT', path: `${path}/topic`, tag: 'Inbox', summary: 'Say what the conversation is about; with null it is drawn from the cited sources again', access: agentOnly, params: ConversationParams, body: z.object({ topic: TopicName.nullable() }), status: 200, response: Ok }),
  listTopics: route({ method: 'GET', path: '/v1/topics', tag: 'Inbox', summary: 'Topics of conversations, the most frequent first', access: { session: 'viewer' }, query: z.object({ botId: Id.optional() }), status: 200, response: z.object({ items: z.array(z.object({ name: z.string(), count: z.number().int() })) }) }),
  reply: route({ method: 'POST', path: `${path}/replies`, tag: 'Inbox', summary: 'Write to the visitor as a person; only whoever took the conversation may', access: agentOnly, params: ConversationParams, body: z.object({ clientMessageId: storableText(100, 1), text: storableText(4000), fence: Count, attachmentIds }).refine(({ text, attachmentIds: files }) => text.trim() !== '' || (files?.length ?? 0) > 0, 'needs a text or an attachment'), status: 202, response: z.object({ seq: z.number().int() }), errors: ['not_the_writer', 'conflict'] }),
  addNote: route({ method: 'POST', path: `${path}/notes`, tag: 'Inbox', summary: 'Write a note that only members see', access: agentOnly, params: ConversationParams, body: z.object({ text: storableText(4000, 1) }), status: 201, response: Note }),
  /** Keeps the agent's lease: an agent who is neither seen nor writes has left. */
  hereOnConversation: route({ method: 'POST', path: `${path}/here`, tag: 'Inbox', summary: 'The agent is looking at it: renews the lease, marks read, says typing', access: agentOnly, params: ConversationParams, body: z.object({ readSeq: Count.optional(), typing: z.boolean().optional() }), status: 200, response: Floor }),
  makeBrief: route({ method: 'POST', path: `${path}/brief`, tag: 'Inbox', summary: 'Summary with citations and suggested replies, made anew', access: agentOnly, params: ConversationParams, status: 200, response: Brief }),
  saveAnswer: route({ method: 'POST', path: `${path}/saved-answers`, tag: 'Inbox', summary: "Keep an agent's answer as a question with its answer in the knowledge", access: agentOnly, params: ConversationParams, body: z.object({ question: storableText(1000, 1), answer: storableText(20_000, 1) }), status: 202, response: Source, errors: ['limit_reached', 'conflict'] }),
  listCannedReplies: route({ method: 'GET', path: '/v1/canned-replies', tag: 'Inbox', summary: 'Prepared replies of the workspace', access: { session: 'viewer' }, status: 200, response: z.object({ items: z.array(CannedReply) }) }),
  createCannedReply: route({ method: 'POST', path: '/v1/canned-replies', tag: 'Inbox', summary: 'Add a prepared reply', access: agentOnly, body: CannedReplyFields, status: 201, response: CannedReply, errors: ['conflict'] }),
  updateCannedReply: route({ method: 'PUT', path: '/v1/canned-replies/{cannedReplyId}', tag: 'Inbox', summary: 'Change a prepared reply', access: agentOnly, params: CannedReplyParams, body: CannedReplyFields, status: 200, response: CannedReply, errors: ['conflict'] }),
  deleteCannedReply: route({ method: 'DELETE', path: '/v1/canned-replies/{cannedReplyId}', tag: 'Inbox', summary: 'Remove a prepared reply', access: agentOnly, params: CannedReplyParams, status: 200, response: Ok }),
} as const;
