import { z } from 'zod';
import { BotParams } from './bots';
import { Id, storableText } from './common';
import { route } from './route';

/** Who a conversation is with: the bot, a person who is awaited, a person, or nobody until the visitor writes again. */
export const handoverStates = ['bot', 'waiting', 'human', 'closed'] as const;
export const HandoverState = z.enum(handoverStates);
export type HandoverState = z.infer<typeof HandoverState>;

/**
 * What can happen to it. `request`: a person is asked for. `take`: an agent takes it. `requeue`: the agent gives it back to the queue, or
 * is gone. `release`: back to the bot. `expire`: nobody came in time. `write`: the visitor writes.
 */
export const handoverMoves = ['request', 'take', 'requeue', 'release', 'expire', 'close', 'reopen', 'write'] as const;
export type HandoverMove = (typeof handoverMoves)[number];

/**
 * The whole machine. A move that is missing in a state is refused. Server, console and the exhaustive test read this table;
 * nothing else decides where a conversation goes.
 */
export const handoverTable: Record<HandoverState, Partial<Record<HandoverMove, HandoverState>>> = {
  bot: { request: 'waiting', take: 'human', close: 'closed', write: 'bot' },
  waiting: { request: 'waiting', take: 'human', release: 'bot', expire: 'bot', close: 'closed', write: 'waiting' },
  human: { request: 'human', take: 'human', requeue: 'waiting', release: 'bot', close: 'closed', write: 'human' },
  closed: { request: 'waiting', take: 'human', reopen: 'bot', write: 'bot' },
};

/** Who may speak to the visitor: exactly one in every state. While a person is awaited, the bot goes on helping. */
export const writerOf: Record<HandoverState, 'bot' | 'agent'> = { bot: 'bot', waiting: 'bot', human: 'agent', closed: 'bot' };

/** Why a person was asked for, or why one is not there any more. */
export const HandoverReason = z.enum(['visitor_asked', 'unanswered', 'low_confidence', 'word_rule', 'agent', 'agent_gone', 'nobody_came', 'out_of_hours', 'visitor_cancelled', 'closed', 'reopened']);
export type HandoverReason = z.infer<typeof HandoverReason>;

/** What a visitor may know of a member; the id is the person's, as in `me`. */
export const AgentName = z.object({ id: Id, name: z.string() });
export type AgentName = z.infer<typeof AgentName>;

const Minute = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/, 'expected a time such as 09:00');
const isTimeZone = (name: string) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

export const OfficeHours = z.object({
  timeZone: storableText(60, 1).refine(isTimeZone, 'expected a time zone such as Europe/Berlin'),
  /** Open from–to by weekday, 1 = Monday to 7 = Sunday, in the time zone. */
  open: z.array(z.object({ day: z.number().int().min(1).max(7), from: Minute, to: Minute }).refine(({ from, to }) => from < to, 'ends before it begins')).max(50),
});
export type OfficeHours = z.infer<typeof OfficeHours>;

/** When the bot of a conversation gives way to people, and what happens when none comes. */
export const HandoverSettings = z.object({
  enabled: z.boolean().default(false),
  /** Hand over after so many answers in a row that the knowledge did not hold; null: never. */
  unansweredLimit: z.number().int().min(1).max(10).nullable().default(2),
  /** Hand over when the confidence of an answer is below this (0 to 1); null: never. */
  confidenceBelow: z.number().min(0).max(1).nullable().default(null),
  /** Words or phrases in a question that hand over at once, whatever the bot knows. */
  words: z.array(storableText(60, 1)).max(50).default([]),
  /** Null: somebody is always there. */
  hours: OfficeHours.nullable().default(null),
  /** The waiting time that the visitor is promised. */
  promisedSeconds: z.number().int().min(10).max(86_400).default(120),
  /** After this without an agent the fallback happens. */
  waitAtMostSeconds: z.number().int().min(5).max(86_400).default(300),
  /** An agent who is neither seen nor writes for this long has left. */
  agentAwaySeconds: z.number().int().min(5).max(3600).default(120),
  fallback: z.enum(['bot', 'form']).default('form'),
});
export type HandoverSettings = z.infer<typeof HandoverSettings>;

export const handoverRoutes = {
  getHandoverSettings: route({ method: 'GET', path: '/v1/bots/{botId}/handover-settings', tag: 'Inbox', summary: 'When the bot gives way to people', access: { session: 'viewer', key: 'bots:read' }, params: BotParams, status: 200, response: HandoverSettings }),
  updateHandoverSettings: route({ method: 'PUT', path: '/v1/bots/{botId}/handover-settings', tag: 'Inbox', summary: 'Change when the bot gives way to people', access: { session: 'admin', key: 'bots:write' }, params: BotParams, body: HandoverSettings, status: 200, response: HandoverSettings }),
} as const;
