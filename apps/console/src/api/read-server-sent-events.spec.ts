import { describe, expect, it } from 'vitest';
import { readServerSentEvents, type ServerSentEvent } from './read-server-sent-events';

async function read(pieces: Uint8Array[]): Promise<ServerSentEvent[]> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
  const events: ServerSentEvent[] = [];
  for await (const event of readServerSentEvents(new Response(body))) events.push(event);
  return events;
}

const stream =
  'id: 1\nevent: message\ndata: {"text":"Grüße 👋"}\n\n: ping\n\nid: 2\r\nevent: answer.delta\r\ndata: a\r\ndata: b\r\n\r\nid: 3\ndata: cut';

describe('readServerSentEvents', () => {
  it('gives the same events however the bytes are cut, also within a character', async () => {
    const bytes = new TextEncoder().encode(stream);
    const expected = [
      { id: '1', event: 'message', data: '{"text":"Grüße 👋"}' },
      { id: '2', event: 'answer.delta', data: 'a\nb' },
    ];
    for (const size of [1, 2, 3, 7, 64, bytes.length]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.slice(index * size, (index + 1) * size),
      );
      expect(await read(pieces)).toEqual(expected);
    }
  });
});
