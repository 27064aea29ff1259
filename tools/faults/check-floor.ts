import type { Find } from './check-history';
import type { AgentLog, StoredConversation } from './history';

/** One writer at a time: the bot is silent while a person holds the conversation, and nobody but that person writes for the team. */
export function checkWriters({ events }: StoredConversation, find: Find): void {
  let holder: string | null = null;
  for (const { seq, type, data } of events) {
    const { state, agent, role, turnId } = data as { state?: string; agent?: { id: string } | null; role?: string; turnId?: string | null };
    if (type === 'handover') holder = state === 'human' ? (agent?.id ?? '') : null;
    if (type.startsWith('answer.') && holder !== null) find('writer', `event ${seq}: the bot speaks while ${holder} holds the conversation`);
    if (type === 'message' && role === 'visitor' && holder !== null && turnId !== null) find('writer', `event ${seq}: the bot is asked while ${holder} holds the conversation`);
    if (type === 'message' && role === 'agent' && agent?.id !== holder) find('writer', `event ${seq}: ${agent?.id} writes, and ${holder ?? 'the bot'} holds the conversation`);
  }
}

/**
 * What a person knows that they wrote against what is stored: everything acknowledged stands there once, at its number, in their name,
 * with their words and in their order; and between two messages written by the same right nobody else had the floor.
 */
export function checkAgent({ events }: StoredConversation, { agentId, sent }: AgentLog, find: Find): void {
  const placed: { seq: number; fence: number }[] = [];
  for (const { clientMessageId, text, fence, acknowledged } of sent) {
    const own = events.filter(({ type, data }) => type === 'message' && (data as { clientMessageId: string | null }).clientMessageId === clientMessageId);
    if (own.length > 1) find('doubled', `message ${clientMessageId} of ${agentId} stands ${own.length} times in the log`);
    const event = own[0];
    if (acknowledged && event?.seq !== acknowledged.seq) find('lost', `message ${clientMessageId} of ${agentId} was acknowledged as ${acknowledged.seq} and ${event ? `stands at ${event.seq}` : 'is not in the log'}`);
    if (!event) continue;
    placed.push({ seq: event.seq, fence });
    const data = event.data as { text: string; role: string; agent?: { id: string } };
    if (data.text !== text) find('lost', `message ${clientMessageId} of ${agentId} stands there with other words`);
    if (data.role !== 'agent' || data.agent?.id !== agentId) find('writer', `message ${clientMessageId} of ${agentId} stands there in another name`);
  }
  placed.forEach(({ seq, fence }, index) => {
    const before = placed[index - 1];
    if (before && seq <= before.seq) find('order', `the messages of ${agentId} do not stand in their order`);
    if (before?.fence !== fence) return;
    const foreign = events.slice(before.seq, seq - 1).find(({ type, data }) => type !== 'message' || (data as { turnId?: string | null }).turnId !== null);
    if (foreign) find('writer', `event ${foreign.seq}: ${foreign.type} stands between two messages that ${agentId} wrote by the same right`);
  });
}
