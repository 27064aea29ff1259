import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useQuery } from '@tanstack/react-query';
import { routes } from '@docent/contracts';
import { meQuery } from '../../api/account';
import { ApiError } from '../../api/api-error';
import { acrossTabs, call } from '../../api/call';
import { useWorkspace } from '../../api/workspace';
import { keepReplies } from './keep-replies';
import { Outbox, type OutgoingReply, type SendFailure } from './outbox';

const longestWaitMs = 5000;
/** One per workspace and person, for as long as the page is open: replies go on leaving when their conversation is closed. */
const outboxes = new Map<string, Outbox>();

/** The replies of this member that the log does not hold yet. */
export function useOutbox(): { outbox: Outbox; replies: readonly OutgoingReply[] } {
  const workspaceId = useWorkspace().id;
  const personId = useQuery(meQuery).data?.person.id ?? '';
  const outbox = useMemo(() => outboxOf(workspaceId, personId), [workspaceId, personId]);
  const replies = useSyncExternalStore(outbox.subscribe, outbox.all);
  useEffect(() => outbox.flushAll(), [outbox]);
  return { outbox, replies };
}

function outboxOf(workspaceId: string, personId: string): Outbox {
  const key = `docent.outbox.${workspaceId}.${personId}`;
  let outbox = outboxes.get(key);
  if (!outbox) {
    outbox = new Outbox({
      store: keepReplies(key),
      send: ({ conversationId, clientMessageId, text, fence, attachments }) => {
        const attachmentIds = attachments.length > 0 ? attachments.map(({ id }) => id) : undefined;
        const body = { clientMessageId, text, fence, attachmentIds };
        return call(routes.reply, { params: { conversationId }, body }, { workspaceId });
      },
      explain,
      exclusively: (conversationId, work) => acrossTabs(`docent-reply-${conversationId}`, work),
      wait,
    });
    outboxes.set(key, outbox);
  }
  return outbox;
}

function explain(error: unknown): SendFailure {
  if (!(error instanceof ApiError)) return { passing: false, code: 'internal', message: String(error) };
  const passing = error.status === 0 || error.status === 429 || error.status >= 500;
  return { passing, code: error.code === 'network' ? 'unavailable' : error.code, message: error.message };
}

/** Half a second, one, two, and so on; at once when the network is back. */
function wait(attempt: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, Math.min(250 * 2 ** attempt, longestWaitMs));
    addEventListener('online', done);
  });
}
