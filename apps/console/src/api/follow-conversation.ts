import { z } from 'zod';
import { ConversationEventSchema, eventTypes, routes, type ConversationEvent, type EventType } from '@docent/contracts';
import { ApiError, networkError, toApiError } from './api-error';
import { addressOf, withRefresh } from './call';
import { readServerSentEvents } from './read-server-sent-events';

/** Who is there at this moment: told once, never stored. `on` belongs to `typing`, `seq` to `read`. */
export const Presence = z.object({
  kind: z.enum(['typing', 'read', 'here']),
  by: z.enum(['visitor', 'agent']),
  name: z.string().optional(),
  on: z.boolean().optional(),
  seq: z.number().optional(),
});
export type Presence = z.infer<typeof Presence>;

export interface Follow {
  workspaceId: string;
  conversationId: string;
  /** Events up to this sequence number are known already. */
  after: number;
  onEvent: (event: ConversationEvent) => void;
  onPresence?: (presence: Presence) => void;
  /** Whether the stream stands; false while it is being opened again. */
  onConnected?: (connected: boolean) => void;
  signal: AbortSignal;
}

/** The server is heard every 15 s; after this much silence the connection is dead, whatever the browser believes. */
const silenceMs = 40_000;
const longestWaitMs = 4000;

/**
 * Follows a conversation's log until `signal` aborts: reconnects after a lost connection and goes on after the last event seen.
 * Throws `ApiError` when the server refuses for good.
 */
export async function followConversation(follow: Follow): Promise<void> {
  let after = follow.after;
  let waitMs = 500;
  while (!follow.signal.aborted) {
    try {
      const response = await withRefresh(routes.followEvents, () => open(follow, after));
      follow.onConnected?.(true);
      for await (const message of readServerSentEvents(response, silenceMs)) {
        waitMs = 500;
        if (message.event === 'presence') {
          tellPresence(follow, message.data);
          continue;
        }
        const event = toEvent(message.id, message.event, message.data);
        if (!event || event.seq <= after) continue;
        after = event.seq;
        follow.onEvent(event);
      }
    } catch (error) {
      if (follow.signal.aborted) return;
      if (error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429) throw error;
    }
    if (follow.signal.aborted) return;
    follow.onConnected?.(false);
    await pause(waitMs, follow.signal);
    waitMs = Math.min(waitMs * 2, longestWaitMs);
  }
}

async function open(follow: Follow, after: number): Promise<Response> {
  const address = addressOf(routes.followEvents, { params: { conversationId: follow.conversationId }, query: { after } });
  const response = await fetch(address, {
    headers: { accept: 'text/event-stream', 'docent-workspace': follow.workspaceId, 'last-event-id': String(after) },
    credentials: 'same-origin',
    signal: follow.signal,
  }).catch(() => {
    throw networkError();
  });
  if (!response.ok) throw toApiError(response.status, await response.text(), response.headers.get('retry-after'));
  return response;
}

function tellPresence(follow: Follow, data: string): void {
  const presence = Presence.safeParse(JSON.parse(data));
  if (presence.success) follow.onPresence?.(presence.data);
}

/** The payload travels alone; number and type are those of the frame. Unknown types of a newer server are left out. */
function toEvent(id: string, type: string, data: string): ConversationEvent | undefined {
  if (!eventTypes.includes(type as EventType)) return undefined;
  const parsed = ConversationEventSchema.safeParse({
    seq: Number(id),
    type,
    at: new Date().toISOString(),
    data: JSON.parse(data) as unknown,
  });
  return parsed.success ? parsed.data : undefined;
}

function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, durationMs);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}
