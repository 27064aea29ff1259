import { z } from 'zod';
import { SendMessage } from './chat';
import { Count, Id } from './common';
import { HandoverState } from './handover';

/**
 * What the server pushes to a signed-in console over socket.io (namespace `/console`, event `change`).
 * It names what changed; the console reads the rest over HTTP, so that a missed push loses nothing.
 * The workspace is given as `auth: { workspaceId }` when connecting; rooms are chosen by the server.
 */
export const Change = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('source'), id: Id, botId: Id, status: z.string(), stage: z.string(), progress: z.number() }),
  z.object({ kind: z.literal('source.deleted'), id: Id, botId: Id }),
  /** `state` and `assigneeId` come where somebody else holds it from now on. */
  z.object({ kind: z.literal('conversation'), id: Id, botId: Id, lastSeq: z.number(), state: HandoverState.optional(), assigneeId: Id.nullable().optional() }),
  z.object({ kind: z.literal('bot'), id: Id }),
  /** The bot learns its own words: how far it is, 0 to 100; `done` where it has ended, however it did. */
  z.object({ kind: z.literal('learning'), id: Id, progress: z.number(), done: z.boolean() }),
  z.object({ kind: z.literal('members') }),
]);
export type Change = z.infer<typeof Change>;

/**
 * What programs, visitors and consoles say over socket.io (namespace `/conversations`), each with an acknowledgement. Whoever connects
 * gives `auth: { apiKey }`, `auth: { visitorToken }`, or a session's cookies with `auth: { workspaceId }`. A refusal is acknowledged with
 * the body of an HTTP error.
 */
export const socketRequests = {
  /** Acknowledged with `{ lastSeq }`; then come the events after `after`, and those that follow. */
  follow: z.object({ conversationId: Id, after: Count.default(0) }),
  unfollow: z.object({ conversationId: Id }),
  /** Acknowledged with `{ turnId, seq }`. The same `clientMessageId` again asks nothing twice. */
  send: SendMessage.extend({ conversationId: Id }),
  stop: z.object({ conversationId: Id, turnId: Id }),
} as const;
export type SocketRequest = keyof typeof socketRequests;

/** What the server pushes there, beside `event` (a ConversationEvent with its `conversationId`), `presence` and `gone`. */
export const Restarting = z.object({
  /** The server goes away: come back after this, so that not all come at once. */
  reconnectInMs: z.number().int(),
});
export type Restarting = z.infer<typeof Restarting>;
