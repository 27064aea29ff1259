import { once, type EventEmitter } from 'node:events';
import type { Socket } from 'socket.io';
import { ConversationGoneError, lastWord, type FollowConversation } from '@docent/chat';
import { AppError, type TenantContext } from '@docent/platform';

const mostAtOnce = 100;

/** The conversations that one socket follows. What may be followed is decided before. */
export class Follows {
  private readonly leaving = new Map<string, AbortController>();

  constructor(
    private readonly socket: Socket,
    private readonly follower: FollowConversation,
  ) {}

  /** Throws rate_limited where the socket follows too many already. */
  assertRoomFor(conversationId: string): void {
    if (!this.leaving.has(conversationId) && this.leaving.size >= mostAtOnce) throw new AppError('rate_limited', { conversationsPerSocket: mostAtOnce });
  }

  /** A second time begins anew, after the event that is named then. */
  begin(ctx: TenantContext, conversationId: string, after: number): void {
    this.leave(conversationId);
    if (this.socket.disconnected) return;
    const leaving = new AbortController();
    this.leaving.set(conversationId, leaving);
    void this.follow(ctx, conversationId, after, leaving.signal).catch((error: unknown) => this.lose(conversationId, leaving, error));
  }

  leave(conversationId: string): void {
    this.leaving.get(conversationId)?.abort();
    this.leaving.delete(conversationId);
  }

  end(): void {
    for (const conversationId of [...this.leaving.keys()]) this.leave(conversationId);
  }

  private async follow(ctx: TenantContext, conversationId: string, after: number, signal: AbortSignal): Promise<void> {
    // socket.io keeps what the line has not taken, and tells when it has; it has no public name for that.
    const conn = this.socket.conn as unknown as EventEmitter & { writeBuffer: unknown[] };
    for await (const events of this.follower.follow(ctx, conversationId, after, signal, (presence) => this.socket.volatile.emit('presence', presence))) {
      for (const event of events) {
        // What the line has not taken yet waits here, in the log and not in memory: one event of all that the socket follows.
        while (conn.writeBuffer.length > 0 && !signal.aborted) await once(conn, 'drain', { signal }).catch(() => undefined);
        if (signal.aborted) return;
        this.socket.emit('event', { conversationId, ...event });
      }
    }
  }

  /** Where the log could not be read, the client comes back, and names what it has. */
  private lose(conversationId: string, leaving: AbortController, error: unknown): void {
    if (this.leaving.get(conversationId) !== leaving) return;
    this.leave(conversationId);
    if (error instanceof ConversationGoneError) this.socket.emit('gone', lastWord(conversationId));
    else this.socket.conn.close();
  }
}
