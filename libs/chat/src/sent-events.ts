import type { ConversationEvent } from '@docent/contracts';
import type { PresenceSignal } from '@docent/platform';
import type { EventTaker } from './event-feed';
import { lastWord } from './conversation-gone';
import { eventJson } from './event-json';
import type { Leaving } from './leaving';
import type { EventStream } from './open-event-stream';

/** Events that came together go out together, up to this many characters. */
const textAtOnce = 4000;

/** A conversation's events as server-sent events: `id` is the number, `event` the type, `data` the payload. */
export class SentEvents implements EventTaker {
  constructor(
    private readonly stream: EventStream,
    private readonly conversationId: string,
  ) {}

  get closed(): Leaving {
    return this.stream.closed;
  }

  take(events: ConversationEvent[]): Promise<void> | undefined {
    let text = '';
    for (const [at, event] of events.entries()) {
      text += `id: ${event.seq}\nevent: ${event.type}\ndata: ${eventJson(event)}\n\n`;
      const isLast = at === events.length - 1;
      if (text.length < textAtOnce && !isLast) continue;
      const written = this.stream.write(text);
      if (written) return isLast ? written : written.then(() => this.take(events.slice(at + 1)));
      text = '';
    }
    return undefined;
  }

  mention(presence: PresenceSignal): void {
    this.stream.mention('presence', presence);
  }

  /** Whoever comes back hears `not_found`, upon which a browser's EventSource does not come again. */
  gone(): void {
    this.stream.say(`event: gone\ndata: ${JSON.stringify(lastWord(this.conversationId))}\n\n`);
    this.stream.end();
  }

  /** The reader comes back, and names what they have. */
  fail(): void {
    this.stream.end();
  }
}
