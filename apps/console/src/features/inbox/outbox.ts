import type { Attachment, ErrorCode } from '@docent/contracts';

/** A reply on its way. `fence` is the floor under which it was written: after somebody else took over it is refused, not spoken. */
export interface OutgoingReply {
  clientMessageId: string;
  conversationId: string;
  text: string;
  attachments: Attachment[];
  fence: number;
  at: string;
  state: { kind: 'waiting' } | { kind: 'sent'; seq: number } | { kind: 'refused'; code: ErrorCode; message: string };
}

/** Why sending did not work: `code` says whether trying again by itself makes sense. */
export interface SendFailure {
  passing: boolean;
  code: ErrorCode;
  message: string;
}

/** Where replies wait; each on its own, so that two tabs never write over one another. */
export interface ReplyStore {
  all(): OutgoingReply[];
  put(reply: OutgoingReply): void;
  remove(clientMessageId: string): void;
}

interface OutboxPorts {
  store: ReplyStore;
  /** Resolves with the number in the log; rejects with anything. */
  send: (reply: OutgoingReply) => Promise<{ seq: number }>;
  explain: (error: unknown) => SendFailure;
  /** Runs work for one conversation at a time, in all tabs. */
  exclusively: (conversationId: string, work: () => Promise<void>) => Promise<void>;
  wait: (attempt: number) => Promise<void>;
}

/**
 * Replies that the log does not hold yet. They survive a reload and leave in the order in which they were written, one after the
 * other; the same `clientMessageId` makes sure that a reply whose receipt was lost is not said twice.
 */
export class Outbox {
  private replies: readonly OutgoingReply[];
  private readonly listeners = new Set<() => void>();
  private readonly sending = new Set<string>();

  constructor(private readonly ports: OutboxPorts) {
    this.replies = ports.store.all().toSorted((a, b) => a.at.localeCompare(b.at));
  }

  /** Everything that is not known to be in the log, oldest first. The same array until something changes. */
  readonly all = (): readonly OutgoingReply[] => this.replies;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  add(reply: Omit<OutgoingReply, 'state'>): void {
    const waiting: OutgoingReply = { ...reply, state: { kind: 'waiting' } };
    this.ports.store.put(waiting);
    this.show([...this.replies, waiting]);
    void this.flush(reply.conversationId);
  }

  /** Sends a refused reply again, under the floor of now. */
  retry(clientMessageId: string, fence: number): void {
    this.change(clientMessageId, { fence, state: { kind: 'waiting' } });
    const reply = this.find(clientMessageId);
    if (reply) void this.flush(reply.conversationId);
  }

  drop(clientMessageId: string): void {
    this.ports.store.remove(clientMessageId);
    this.show(this.replies.filter((reply) => reply.clientMessageId !== clientMessageId));
  }

  /** The log has shown it, which may be before its receipt comes. */
  readonly heard = (clientMessageId: string): void => {
    if (this.find(clientMessageId)) this.drop(clientMessageId);
  };

  /** Forgets what the log of a conversation has shown up to this number. */
  settle(conversationId: string, lastSeq: number): void {
    for (const { state, clientMessageId, ...reply } of this.replies) {
      if (reply.conversationId === conversationId && state.kind === 'sent' && state.seq <= lastSeq) this.drop(clientMessageId);
    }
  }

  /** Sends whatever was left when the page was closed. */
  flushAll(): void {
    for (const conversationId of new Set(this.replies.map((reply) => reply.conversationId))) void this.flush(conversationId);
  }

  private async flush(conversationId: string): Promise<void> {
    if (this.sending.has(conversationId)) return;
    this.sending.add(conversationId);
    try {
      await this.ports.exclusively(conversationId, () => this.sendInOrder(conversationId));
    } finally {
      this.sending.delete(conversationId);
    }
  }

  private async sendInOrder(conversationId: string): Promise<void> {
    for (let attempt = 0; ;) {
      const next = this.replies.find((reply) => reply.conversationId === conversationId && reply.state.kind !== 'sent');
      // A refused reply holds back those written after it: what the visitor reads keeps its order.
      if (next?.state.kind !== 'waiting') return;
      try {
        const { seq } = await this.ports.send(next);
        this.change(next.clientMessageId, { state: { kind: 'sent', seq } });
        attempt = 0;
      } catch (error) {
        const { passing, code, message } = this.ports.explain(error);
        if (!passing) this.change(next.clientMessageId, { state: { kind: 'refused', code, message } });
        else await this.ports.wait((attempt += 1));
      }
    }
  }

  private find(clientMessageId: string): OutgoingReply | undefined {
    return this.replies.find((reply) => reply.clientMessageId === clientMessageId);
  }

  private change(clientMessageId: string, part: Partial<OutgoingReply>): void {
    const before = this.find(clientMessageId);
    if (!before) return;
    const after = { ...before, ...part };
    this.ports.store.put(after);
    this.show(this.replies.map((reply) => (reply === before ? after : reply)));
  }

  private show(replies: readonly OutgoingReply[]): void {
    this.replies = replies;
    for (const listener of this.listeners) listener();
  }
}
