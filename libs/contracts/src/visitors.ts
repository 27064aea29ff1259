import { z } from 'zod';
import { BotParams } from './bots';
import { Conversation, ConversationParams, ConversationSummary } from './chat';
import { HandoverState } from './handover';
import { Form, ProactiveRule } from './forms';
import { Count, Id, Ok, pageOf, PageQuery, storableText, Timestamp } from './common';
import { route } from './route';

/** What the visitor's side may do beside asking. */
export const Engagement = z.object({
  preChatForm: Form.nullable().default(null),
  /** Shown out of hours, and when nobody came. */
  messageForm: Form.nullable().default(null),
  proactive: z
    .array(ProactiveRule)
    .max(10)
    .refine((rules) => new Set(rules.map(({ id }) => id)).size === rules.length, 'two messages have the same id')
    .default([]),
  attachments: z.boolean().default(false),
  satisfaction: z.boolean().default(false),
  mailTranscript: z.boolean().default(false),
});
export type Engagement = z.infer<typeof Engagement>;

/** `canMail`: whether mails leave this installation; where not, no visitor is offered one. */
export const EngagementNow = Engagement.extend({ canMail: z.boolean() });
export type EngagementNow = z.infer<typeof EngagementNow>;

/** What somebody left in a form. */
export const Lead = z.object({
  id: Id,
  botId: Id,
  conversationId: Id.nullable(),
  form: z.enum(['pre_chat', 'message']),
  fields: z.record(z.string(), z.string()),
  /** The text that the visitor agreed to, word for word; null where none was asked. */
  consent: z.string().nullable(),
  createdAt: Timestamp,
});
export type Lead = z.infer<typeof Lead>;

/** What a visitor's deletion took away, and what is left of them, counted after the fact: zeros are the proof. */
export const VisitorErasure = z.object({
  visitorId: Id,
  erasedAt: Timestamp,
  removed: z.object({ conversations: z.number().int(), leads: z.number().int() }),
  /** Transcripts that stay, with nobody's name on them. */
  kept: z.object({ conversations: z.number().int() }),
  remaining: z.object({ visitors: z.number().int(), conversations: z.number().int(), leads: z.number().int() }),
});
export type VisitorErasure = z.infer<typeof VisitorErasure>;

/** A secret for signing identities; two may be live at once, so that it can be rotated. The secret itself is returned once. */
export const IdentitySecret = z.object({ id: Id, prefix: z.string(), createdAt: Timestamp, lastUsedAt: Timestamp.nullable() });
export type IdentitySecret = z.infer<typeof IdentitySecret>;

/** Why a signed identity was refused, for the owner to see. */
export const IdentityFailure = z.object({ at: Timestamp, reason: z.enum(['malformed', 'bad_signature', 'expired', 'no_expiry', 'expiry_too_far', 'no_subject', 'wrong_algorithm', 'no_secret']), origin: z.string().nullable() });
export type IdentityFailure = z.infer<typeof IdentityFailure>;

const path = '/v1/conversations/{conversationId}';
const visitorOrKey = { visitor: true, key: 'chat' } as const;
const BotPage = PageQuery.extend({});

export const visitorRoutes = {
  requestPerson: route({ method: 'POST', path: `${path}/person`, tag: 'Chat', summary: 'Ask for a person', access: visitorOrKey, params: ConversationParams, status: 200, response: z.object({ state: HandoverState, promisedSeconds: z.number().int().nullable() }), errors: ['no_people'] }),
  cancelPerson: route({ method: 'DELETE', path: `${path}/person`, tag: 'Chat', summary: 'Stop waiting for a person and go on with the bot', access: visitorOrKey, params: ConversationParams, status: 200, response: z.object({ state: HandoverState, promisedSeconds: z.number().int().nullable() }) }),
  hereAsVisitor: route({ method: 'POST', path: `${path}/visitor`, tag: 'Chat', summary: 'How far the visitor has read, and whether they are typing', access: visitorOrKey, params: ConversationParams, body: z.object({ readSeq: Count.optional(), typing: z.boolean().optional() }), status: 200, response: Ok }),
  rateConversation: route({ method: 'PUT', path: `${path}/satisfaction`, tag: 'Chat', summary: 'How it was, from 1 to 5', access: visitorOrKey, params: ConversationParams, body: z.object({ score: z.number().int().min(1).max(5), comment: storableText(1000).default('') }), status: 200, response: Ok }),
  mailTranscript: route({ method: 'POST', path: `${path}/transcript-mail`, tag: 'Chat', summary: 'Send the transcript to an e-mail address', access: { ...visitorOrKey, session: 'agent' }, params: ConversationParams, body: z.object({ email: z.email().max(254) }), status: 202, response: Ok, errors: ['conflict'] }),
  listOwnConversations: route({ method: 'GET', path: '/v1/visitor/conversations', tag: 'Chat', summary: "The visitor's own conversations, on all devices of a signed identity", access: { visitor: true }, query: BotPage, status: 200, response: pageOf(ConversationSummary) }),
  latestConversation: route({ method: 'GET', path: '/v1/visitor/conversations/latest', tag: 'Chat', summary: "The visitor's latest conversation with its transcript", access: { visitor: true }, status: 200, response: Conversation }),
  leaveLead: route({ method: 'POST', path: '/v1/bots/{botId}/leads', tag: 'Chat', summary: 'Send a filled form', access: visitorOrKey, params: BotParams, body: z.object({ form: z.enum(['pre_chat', 'message']), conversationId: Id.optional(), fields: z.record(z.string().max(40), storableText(2000)), consent: z.boolean().default(false) }), status: 201, response: Lead }),
  listLeads: route({ method: 'GET', path: '/v1/bots/{botId}/leads', tag: 'Inbox', summary: 'What visitors left in forms, newest first', access: { session: 'agent' }, params: BotParams, query: BotPage, status: 200, response: pageOf(Lead) }),
  exportLeads: route({ method: 'GET', path: '/v1/bots/{botId}/leads.csv', tag: 'Inbox', summary: 'All leads as CSV; cells that a spreadsheet would run as formulas are made harmless', access: { session: 'admin' }, params: BotParams, status: 200, produces: 'application/octet-stream' }),
  getEngagement: route({ method: 'GET', path: '/v1/bots/{botId}/engagement', tag: 'Bots', summary: 'Forms, proactive messages and extras of the widget', access: { session: 'viewer', key: 'bots:read' }, params: BotParams, status: 200, response: EngagementNow }),
  updateEngagement: route({ method: 'PUT', path: '/v1/bots/{botId}/engagement', tag: 'Bots', summary: 'Change forms, proactive messages and extras of the widget', access: { session: 'admin', key: 'bots:write' }, params: BotParams, body: Engagement, status: 200, response: Engagement }),
  proactiveRules: route({ method: 'GET', path: '/v1/bots/{botId}/proactive', tag: 'Chat', summary: 'The proactive messages, for a page on an allowed origin', access: { public: true }, params: BotParams, status: 200, response: z.object({ items: z.array(ProactiveRule) }), errors: ['origin_not_allowed'] }),
  deleteVisitor: route({ method: 'DELETE', path: '/v1/visitors/{visitorId}', tag: 'Inbox', summary: 'Forget a visitor: name, address, claims, leads, files and, as chosen, conversations', access: { session: 'admin' }, params: z.object({ visitorId: Id }), query: z.object({ /** `keep`: transcripts stay without the person. */ conversations: z.enum(['keep', 'delete']).default('keep') }), status: 200, response: VisitorErasure, errors: ['conflict'] }),
  listIdentitySecrets: route({ method: 'GET', path: '/v1/bots/{botId}/identity-secrets', tag: 'Bots', summary: 'Secrets that sign visitor identities, and the latest refusals', access: { session: 'admin' }, params: BotParams, status: 200, response: z.object({ items: z.array(IdentitySecret), failures: z.array(IdentityFailure) }) }),
  createIdentitySecret: route({ method: 'POST', path: '/v1/bots/{botId}/identity-secrets', tag: 'Bots', summary: 'A new secret, shown once; two may be live', access: { session: 'admin' }, params: BotParams, status: 201, response: IdentitySecret.extend({ secret: z.string() }), errors: ['conflict'] }),
  deleteIdentitySecret: route({ method: 'DELETE', path: '/v1/bots/{botId}/identity-secrets/{secretId}', tag: 'Bots', summary: 'End a secret; identities signed with it are refused from now on', access: { session: 'admin' }, params: BotParams.extend({ secretId: Id }), status: 200, response: Ok }),
} as const;
