import { randomUUID } from 'node:crypto';
import { readEvents, send, sendForJson } from './plain-http';

export interface RunningProduct {
  /** For example `http://127.0.0.1:3000`. */
  baseUrl: string;
  /** API key or visitor token. */
  apiKey: string;
  botId: string;
}

/**
 * One visitor: begins a conversation, follows its events and asks the questions one after the other. For each, the milliseconds from
 * sending it to the first `answer.delta`. Waits for `pause` before each. Throws where an answer fails.
 */
export async function askProduct(
  product: RunningProduct,
  questions: string[],
  pause: (turn: number) => Promise<void>,
): Promise<number[]> {
  const headers = { authorization: `Bearer ${product.apiKey}` };
  const conversation = await sendForJson({
    method: 'POST',
    url: `${product.baseUrl}/v1/bots/${product.botId}/conversations`,
    headers,
    body: {},
  });
  const address = `${product.baseUrl}/v1/conversations/${String(conversation['id'])}`;
  const stop = new AbortController();
  const stream = await send({
    method: 'GET',
    url: `${address}/events`,
    headers: { ...headers, accept: 'text/event-stream' },
    signal: stop.signal,
  });
  const events = readEvents(stream);
  const times: number[] = [];
  try {
    for (const [turn, text] of questions.entries()) {
      await pause(turn);
      const asked = performance.now();
      const [first] = await Promise.all([
        untilAnswered(events),
        sendForJson({ method: 'POST', url: `${address}/messages`, headers, body: { clientMessageId: randomUUID(), text } }),
      ]);
      times.push(first - asked);
    }
  } finally {
    stop.abort();
    await events.return(undefined).catch(() => undefined);
  }
  return times;
}

/** When the first text of the next answer came; returns at its end. */
async function untilAnswered(events: AsyncGenerator<{ type: string; data: string; at: number }>): Promise<number> {
  let first: number | null = null;
  for (;;) {
    const next = await events.next();
    if (next.done) throw new Error('The events ended before the answer did');
    const { type, data, at } = next.value;
    if (type === 'answer.delta') first ??= at;
    if (type === 'answer.failed') throw new Error(`The answer failed: ${data}`);
    if (type === 'answer.completed') return first ?? at;
  }
}
