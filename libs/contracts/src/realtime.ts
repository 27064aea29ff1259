import { z } from 'zod';
import { Id } from './common';
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
  z.object({ kind: z.literal('members') }),
]);
export type Change = z.infer<typeof Change>;
