import { ConversationEventSchema, eventTypes, routes, type ConversationEvent, type EventType } from '@docent/contracts';
import { ApiError, networkError, toApiError } from './api-error';
import { addressOf, withRefresh } from './call';
import { readServerSentEvents } from './read-server-sent-events';

export interface Follow {
  workspaceId: string;
  conversationId: string;
  /** Events up to this sequence number are known already. */
  after: number;
  onEvent: (event: ConversationEvent) => void;
  signal: AbortSignal;
}

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
      for await (const message of readServerSentEvents(response)) {
        const event = toEvent(message.id, message.event, message.data);
        if (!event || event.seq <= after) continue;
        after = event.seq;
        waitMs = 500;
        follow.onEvent(event);
      }
    } catch (error) {
      if (follow.signal.aborted) return;
      if (error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429) throw error;
    }
    await pause(waitMs, follow.signal);
    waitMs = Math.min(waitMs * 2, 8000);
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
