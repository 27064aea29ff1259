import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { gatherPieces } from './gather-pieces';

const piece = (content: string) => `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`;

/** A response whose bytes come as a test says. */
function streaming(type = 'text/event-stream') {
  let out!: ReadableStreamDefaultController<Uint8Array>;
  const seen = { cancelled: false };
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => void (out = controller),
    cancel: () => void (seen.cancelled = true),
  });
  const fetch = gatherPieces(() => Promise.resolve(new Response(body, { headers: { 'content-type': type } })));
  return {
    out,
    seen,
    send: (text: string) => out.enqueue(new TextEncoder().encode(text)),
    response: () => fetch('http://model.test'),
  };
}

async function nextText(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string | undefined> {
  const { value } = await reader.read();
  return value && new TextDecoder().decode(value);
}

describe('gathering', () => {
  it('passes the first piece on at once and joins those that have arrived together', async () => {
    const { send, response } = streaming();
    const reader = (await response()).body!.getReader();
    send(piece('a'));
    expect(await nextText(reader)).toBe(piece('a'));
    for (const text of ['b', 'c', 'd']) send(piece(text));
    expect(await nextText(reader)).toBe(piece('bcd'));
  });

  it('waits for the rest of an event that came in parts, also within a character', async () => {
    const { out, response } = streaming();
    const reader = (await response()).body!.getReader();
    const bytes = new TextEncoder().encode(piece('ü🙂'));
    for (const byte of bytes) out.enqueue(Uint8Array.of(byte));
    expect(await nextText(reader)).toBe(piece('ü🙂'));
  });

  it('gives everything before it ends or breaks', async () => {
    const ending = streaming();
    ending.send(piece('a') + 'data: [DONE]');
    ending.out.close();
    expect(await (await ending.response()).text()).toBe(`${piece('a')}data: [DONE]`);
    const breaking = streaming();
    const reader = (await breaking.response()).body!.getReader();
    breaking.send(piece('a'));
    await wait(1);
    breaking.out.error(new Error('cut'));
    expect(await nextText(reader)).toBe(piece('a'));
    await expect(reader.read()).rejects.toThrow('cut');
  });

  it('hangs up when nobody listens any more, and leaves what is no stream alone', async () => {
    const stopped = streaming();
    await (await stopped.response()).body!.cancel();
    expect(stopped.seen.cancelled).toBe(true);
    const other = streaming('application/json');
    other.send(piece('a') + piece('b'));
    other.out.close();
    expect(await (await other.response()).text()).toBe(piece('a') + piece('b'));
  });
});
