import type { Citation, ConversationEvent, EventPayload } from '@docent/contracts';
import { request, type As } from './api-client';

/** The completion that ends these events; throws where they end in another way. */
export function completionOf(events: ConversationEvent[]): EventPayload<'answer.completed'> {
  const last = events.at(-1);
  if (last?.type !== 'answer.completed') throw new Error(`the answer ended with ${JSON.stringify(last)}`);
  return last.data;
}

/** The failure that ends these events; throws where they end in another way. */
export function failureOf(events: ConversationEvent[]): EventPayload<'answer.failed'> {
  const last = events.at(-1);
  if (last?.type !== 'answer.failed') throw new Error(`the answer ended with ${JSON.stringify(last)}`);
  return last.data;
}

export function deltasOf(events: ConversationEvent[]): string {
  return events.map((event) => (event.type === 'answer.delta' ? event.data.text : '')).join('');
}

/** What the stored text holds at each citation's span; equal to the quotes when the citations are true. */
export async function spansOf(url: string, citations: Citation[], as: As): Promise<string[]> {
  return Promise.all(
    citations.map(async ({ sourceId, start, end }) => {
      const { body } = await request(url, 'GET', `/v1/sources/${sourceId}/text`, undefined, as);
      return String(body.text).slice(start, end);
    }),
  );
}

/** The numbers in an answer's text, as `[n]`. */
export function markersOf(text: string): number[] {
  return [...new Set([...text.matchAll(/\[(\d+)\]/g)].map(([, number]) => Number(number)))].sort((one, other) => one - other);
}
