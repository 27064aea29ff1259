import type { Finish } from './script';

/** How one supplier writes an answer on the wire. */
export interface Protocol {
  streams(path: string, body: Record<string, unknown>): boolean;
  /** All text of the request, for the behaviours that read the prompt. */
  promptOf(body: Record<string, unknown>): string;
  head(model: string): string;
  piece(text: string, model: string): string;
  end(finish: Finish, model: string, outputTokens: number): string;
  errorInStream(message: string): string;
  errorBody(status: number, message: string): unknown;
  whole(text: string, finish: Finish, model: string): unknown;
}

/** A server-sent event. */
export const event = (data: unknown, name?: string) =>
  `${name ? `event: ${name}\n` : ''}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;

/** Every string within a JSON value, in order. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return value && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];
}

/** A request body as a record; anything else is empty. */
export function asRecord(value: unknown): Record<string, unknown> {
  return value && typeof value === 'object' && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {};
}
