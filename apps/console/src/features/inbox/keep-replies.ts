import { z } from 'zod';
import { Attachment, ErrorCodeSchema } from '@docent/contracts';
import type { OutgoingReply, ReplyStore } from './outbox';

const StoredReply = z.object({
  clientMessageId: z.string(),
  conversationId: z.string(),
  text: z.string(),
  attachments: z.array(Attachment),
  fence: z.number(),
  at: z.string(),
  state: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('waiting') }),
    z.object({ kind: z.literal('sent'), seq: z.number() }),
    z.object({ kind: z.literal('refused'), code: ErrorCodeSchema, message: z.string() }),
  ]),
});

/** Replies in this browser's storage, under `prefix`. Without storage a reload loses what was not sent; everything else works. */
export function keepReplies(prefix: string): ReplyStore {
  const keyOf = (clientMessageId: string) => `${prefix}.${clientMessageId}`;
  return {
    all: () =>
      attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(`${prefix}.`)), [])
        .map((key) => read(key))
        .filter((reply) => reply !== undefined),
    put: (reply) => attempt(() => localStorage.setItem(keyOf(reply.clientMessageId), JSON.stringify(reply)), undefined),
    remove: (clientMessageId) => attempt(() => localStorage.removeItem(keyOf(clientMessageId)), undefined),
  };
}

function read(key: string): OutgoingReply | undefined {
  return attempt(() => StoredReply.safeParse(JSON.parse(localStorage.getItem(key) ?? '')).data, undefined);
}

function attempt<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch {
    return otherwise;
  }
}
