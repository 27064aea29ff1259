import { Injectable } from '@nestjs/common';
import type { ConversationEvent, InputOf, Presence, ResponseOf, routes } from '@docent/contracts';
import type { PresenceSignal, TenantContext } from '@docent/platform';
import type { ConversationAccess } from './chat.repository';
import { eventBytes } from './event-json';
import { FollowConversation } from './follow-conversation';

const pageSize = 100;
/** What is gathered for one answer; with what is read and held meanwhile no more than 64 KB (see `ConversationTail`). */
const pageBytes = 16_000;
/** While an answer grows, or somebody types, one who asks again and again is told at most so often. */
const gatherMs = 300;

const sides = ['agent', 'visitor'] as const;

type Asked = Pick<InputOf<typeof routes.nextEvents>['query'], 'after' | 'waitSeconds' | 'marks'>;

/** The log, and who is there, for readers who can't be kept open: they ask again and again. */
@Injectable()
export class PollConversation {
  constructor(private readonly follower: FollowConversation) {}

  /**
   * What is stored after an event, or who types and has read, as soon as there is something; nothing after `waitSeconds`. Pieces are
   * gathered for a moment. `read`: how far each side has read; where that is further than the caller knows, they need not wait.
   */
  async next(ctx: TenantContext, conversationId: string, asked: Asked, read: ConversationAccess['read'], gone: AbortSignal): Promise<ResponseOf<typeof routes.nextEvents>> {
    const known = knownMarks(asked.marks) ?? read;
    const heard = new HeardPresence(ctx.caller.kind === 'visitor' ? 'visitor' : null, known);
    for (const by of sides) heard.add({ kind: 'read', by, seq: read[by] });
    const events = await this.gather(ctx, conversationId, asked, heard, gone);
    const marks = sides.map((by) => Math.max(read[by], heard.readBy(by))).join('.');
    return { events, lastSeq: events.at(-1)?.seq ?? asked.after, presence: heard.list(), marks };
  }

  private async gather(ctx: TenantContext, conversationId: string, { after, waitSeconds }: Asked, heard: HeardPresence, gone: AbortSignal): Promise<ConversationEvent[]> {
    const leaving = new AbortController();
    const leave = () => leaving.abort();
    gone.addEventListener('abort', leave);
    let timer = setTimeout(leave, heard.isEmpty() ? waitSeconds * 1000 : 0);
    let isLeaving = false;
    const leaveSoon = () => {
      if (isLeaving || waitSeconds === 0) return;
      isLeaving = true;
      clearTimeout(timer);
      timer = setTimeout(leave, gatherMs);
    };
    const found: ConversationEvent[] = [];
    let bytes = 0;
    try {
      for await (const events of this.follower.follow(ctx, conversationId, after, leaving.signal, (presence) => heard.add(presence) && leaveSoon())) {
        found.push(...events);
        for (const event of events) bytes += eventBytes(event);
        leaveSoon();
        if (events.at(-1)!.type !== 'answer.delta' || found.length >= pageSize || bytes >= pageBytes) break;
      }
      return found;
    } finally {
      clearTimeout(timer);
      gone.removeEventListener('abort', leave);
    }
  }
}

/** Null where the caller does not say what they know. */
function knownMarks(marks: string | undefined): ConversationAccess['read'] | null {
  if (marks === undefined) return null;
  const [agent, visitor] = marks.split('.').map(Number);
  return { agent: agent ?? 0, visitor: visitor ?? 0 };
}

/** The latest of each kind; `side` hears nothing of itself. */
class HeardPresence {
  private readonly latest = new Map<string, Presence>();

  constructor(
    private readonly side: Presence['by'] | null,
    private readonly known: ConversationAccess['read'],
  ) {}

  /** False: nothing that this reader waits for. */
  add({ kind, by, name, on, seq }: Omit<PresenceSignal, 'conversationId'>): boolean {
    if (by === this.side || kind === 'here' || (kind === 'read' && !(seq! > this.known[by]))) return false;
    this.latest.set(`${kind} ${by}`, { kind, by, ...(name !== undefined && { name }), ...(on !== undefined && { on }), ...(seq !== undefined && { seq }) });
    return true;
  }

  isEmpty(): boolean {
    return this.latest.size === 0;
  }

  list(): Presence[] {
    return [...this.latest.values()];
  }

  readBy(side: Presence['by']): number {
    return this.latest.get(`read ${side}`)?.seq ?? 0;
  }
}
