import type { Conversation, ConversationEvent, ConversationSummary, EventPayload, EventType, HandoverState, Rating, Topic, TranscriptEntry } from '@docent/contracts';

export interface EventRow extends Record<string, unknown> {
  seq: number;
  type: EventType;
  created_at: Date;
  payload: unknown;
}

export interface ConversationRow extends Record<string, unknown> {
  id: string;
  bot_id: string;
  channel: ConversationSummary['channel'];
  visitor_id: string | null;
  title: string;
  message_count: number;
  unanswered_count: number;
  rating: Rating | null;
  page_url: string | null;
  locale: string | null;
  last_seq: number;
  state: HandoverState;
  created_at: Date;
  last_message_at: Date;
  topic: string | null;
  topic_by_member: boolean;
}

/** What a summary is made of, from table `c` (conversations). */
export const summaryColumns = `c.id, c.bot_id, c.channel, c.visitor_id, c.title, c.message_count, c.unanswered_count, c.page_url, c.locale, c.last_seq, c.state, c.created_at, c.last_message_at, c.topic, c.topic_by_member,
  (SELECT t.rating FROM turns t WHERE t.tenant_id = c.tenant_id AND t.conversation_id = c.id AND t.rating IS NOT NULL ORDER BY t.created_at DESC LIMIT 1) AS rating`;

/** The log is written by this product only, so its payloads are trusted to have their type's shape. */
export function toEvent(row: EventRow): ConversationEvent {
  return { seq: row.seq, type: row.type, at: row.created_at.toISOString(), data: row.payload } as ConversationEvent;
}

export function toSummary(row: ConversationRow): ConversationSummary {
  return {
    id: row.id,
    botId: row.bot_id,
    channel: row.channel,
    visitorId: row.visitor_id,
    title: row.title,
    messageCount: row.message_count,
    unansweredCount: row.unanswered_count,
    rating: row.rating,
    pageUrl: row.page_url,
    locale: row.locale,
    createdAt: row.created_at.toISOString(),
    lastMessageAt: row.last_message_at.toISOString(),
  };
}

/** For members and programs, never for visitors. */
export function toTopic({ topic, topic_by_member: isByMember }: Pick<ConversationRow, 'topic' | 'topic_by_member'>): Topic | null {
  return topic === null ? null : { name: topic, from: isByMember ? 'member' : 'sources' };
}

/** The transcript holds exactly what the log holds up to `lastSeq`: following from there misses nothing and repeats nothing. */
export function toConversation(row: ConversationRow, events: ConversationEvent[], ratings: Map<string, Rating>): Conversation {
  return { ...toSummary(row), lastSeq: events.at(-1)?.seq ?? 0, state: row.state, transcript: buildTranscript(events, ratings) };
}

type AssistantEntry = Extract<TranscriptEntry, { role: 'assistant' }>;

/** Puts the log together to what was said. A running answer stands there with its text so far. */
export function buildTranscript(events: ConversationEvent[], ratings: Map<string, Rating>): TranscriptEntry[] {
  const entries: TranscriptEntry[] = [];
  const answers = new Map<string, AssistantEntry>();
  for (const event of events) {
    if (event.type === 'message') {
      const said = toMessageEntry(event.seq, event.at, event.data);
      if (said) entries.push(said);
      continue;
    }
    if (event.type === 'handover') {
      entries.push({ role: 'handover', seq: event.seq, at: event.at, ...event.data });
      continue;
    }
    const { turnId } = event.data;
    let answer = answers.get(turnId);
    if (!answer) {
      answer = emptyAnswer(event.seq, event.at, turnId, ratings.get(turnId) ?? null);
      answers.set(turnId, answer);
      entries.push(answer);
    }
    applyToAnswer(answer, event);
    // A person came before the bot had said anything.
    if (event.type === 'answer.completed' && event.data.finishReason === 'handed_over' && event.data.text === '') entries.splice(entries.indexOf(answer), 1);
  }
  return entries;
}

function toMessageEntry(seq: number, at: string, data: EventPayload<'message'>): TranscriptEntry | null {
  if (data.role === 'system') return null;
  if (data.role === 'visitor') return { role: 'visitor', seq, turnId: data.turnId, text: data.text, attachments: data.attachments, at };
  if (data.role === 'agent') return { role: 'agent', seq, agent: data.agent, text: data.text, attachments: data.attachments, at };
  return { ...emptyAnswer(seq, at, null, null), status: 'completed', text: data.text };
}

function emptyAnswer(seq: number, at: string, turnId: string | null, rating: Rating | null): AssistantEntry {
  return { role: 'assistant', seq, turnId, text: '', status: 'running', citations: [], answered: null, suggestions: [], rating, at };
}

function applyToAnswer(answer: AssistantEntry, event: Exclude<ConversationEvent, { type: 'message' | 'handover' }>): void {
  if (event.type === 'answer.delta') {
    answer.text += event.data.text;
    answer.citations = [...answer.citations, ...(event.data.citations ?? [])];
    if (event.data.unsupported) answer.unsupported = [...(answer.unsupported ?? []), ...event.data.unsupported];
  } else if (event.type === 'answer.restarted') {
    answer.text = '';
    answer.citations = [];
    delete answer.unsupported;
  } else if (event.type === 'answer.completed') {
    const { text, citations, unsupported, answered, suggestions } = event.data;
    Object.assign(answer, { text, citations, ...(unsupported ? { unsupported } : {}), answered, suggestions, status: 'completed' });
  } else if (event.type === 'answer.failed') {
    answer.status = 'failed';
    answer.error = { code: event.data.code, message: event.data.message };
  }
}
