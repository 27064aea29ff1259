import type { ConversationEvent } from '@docent/contracts';

const known = new WeakMap<ConversationEvent, string>();

/** The event's `data` as JSON, written once however many readers are sent it. */
export function eventJson(event: ConversationEvent): string {
  let json = known.get(event);
  if (json === undefined) known.set(event, (json = JSON.stringify(event.data)));
  return json;
}

/** For whoever has written it already. */
export function rememberJson(event: ConversationEvent, json: string): void {
  known.set(event, json);
}

/** What an event weighs while it is held for a reader: its JSON in UTF-16, which is at least as much as in UTF-8 for most texts. */
export function eventBytes(event: ConversationEvent): number {
  return eventJson(event).length * 2 + 64;
}
