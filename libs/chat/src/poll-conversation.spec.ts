import { expect, it } from 'vitest';
import type { ConversationEvent } from '@docent/contracts';
import type { Signals, TenantContext } from '@docent/platform';
import type { ChatRepository } from './chat.repository';
import { ConversationHub } from './conversation-hub';
import { FollowConversation } from './follow-conversation';
import { PollConversation } from './poll-conversation';

const ctx: TenantContext = { tenantId: 'tenant', caller: { kind: 'system', task: 'test' } };
const log: ConversationEvent[] = Array.from({ length: 300 }, (_, at) => ({ seq: at + 1, type: 'answer.delta', at: '', data: { turnId: 'turn', text: 'x'.repeat(3000) } }));
/** In pages, as the table is read. */
const chats = {
  eventsAfter: (_ctx: TenantContext, _id: string, after: number, page: { events: number; bytes: number }) => {
    const events = log.slice(after, after + Math.min(page.events, Math.floor(page.bytes / 3050)));
    return Promise.resolve({ events, isCut: after + events.length < log.length });
  },
} as unknown as ChatRepository;

it('holds no more than 64 KB in one answer, however long the log is, and brings all of it', async () => {
  const poller = new PollConversation(new FollowConversation(chats, new ConversationHub({ on: () => undefined } as unknown as Signals)));
  const seen: number[] = [];
  while (seen.length < log.length) {
    const answer = await poller.next(ctx, 'conversation', { after: seen.length, waitSeconds: 25, marks: undefined }, { agent: 0, visitor: 0 }, new AbortController().signal);
    expect(JSON.stringify(answer).length).toBeLessThanOrEqual(64_000);
    seen.push(...answer.events.map(({ seq }) => seq));
  }
  expect(seen).toEqual(log.map(({ seq }) => seq));
});
