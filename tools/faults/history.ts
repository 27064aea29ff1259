import type { ConversationEvent } from '@docent/contracts';

/** A message as its sender knows it. */
export interface SentMessage {
  clientMessageId: string;
  text: string;
  /** What the server answered; null where no answer ever came through. */
  acknowledged: { turnId: string; seq: number } | null;
}

export type SeenEvent = Pick<ConversationEvent, 'seq' | 'type' | 'data'>;

/** One connection of one reader: it asked for what comes after `after`, and got these, in this order. */
export interface Reading {
  after: number;
  events: SeenEvent[];
}

/** One reader over all its connections. */
export interface ReaderLog {
  who: string;
  readings: Reading[];
}

/** What stood on somebody's screen in the end. */
export interface ShownEntry {
  role: string;
  text: string;
  status?: string;
}

/** What a person wrote to a visitor, as they know it themselves. */
export interface AgentMessage {
  clientMessageId: string;
  text: string;
  /** By which right; the same for all that was written between taking the conversation over and giving it back. */
  fence: number;
  acknowledged: { seq: number } | null;
}

/** One person in one conversation. */
export interface AgentLog {
  agentId: string;
  /** In the order in which they were written. */
  sent: AgentMessage[];
}

export interface ClientHistory {
  conversationId: string;
  /** In the order in which they were written. */
  sent: SentMessage[];
  readers: ReaderLog[];
  agents: AgentLog[];
  screens: { who: string; entries: ShownEntry[] }[];
  /** What the client itself found wrong while it looked. */
  complaints: string[];
}

/** What the database holds of one conversation. */
export interface StoredConversation {
  id: string;
  lastSeq: number;
  events: (SeenEvent & { turnId: string | null; at: Date })[];
  turns: { id: string; clientMessageId: string; status: string; errorCode: string | null; fence: number; attempts: number; messageSeq: number }[];
  attempts: { turnId: string; fence: number; outcome: string; model: string | null }[];
  charges: { turnId: string; state: string }[];
}

/** A broken promise. */
export interface Violation {
  kind: 'lost' | 'doubled' | 'order' | 'gap' | 'text' | 'reader' | 'screen' | 'attempt' | 'charge' | 'open' | 'call' | 'writer' | 'complaint';
  conversationId: string;
  what: string;
}
