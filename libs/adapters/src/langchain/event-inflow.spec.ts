import { setImmediate as endOfTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { EventInflow } from './event-inflow';

const event = (content: string) => `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`;

function anInflow() {
  const inflow = new EventInflow();
  const flow = { paused: false, pause: () => void (flow.paused = true), resume: () => void (flow.paused = false) };
  inflow.flow = flow;
  return { inflow, flow, send: (text: string) => inflow.data(Buffer.from(text)) };
}

describe('events off the wire', () => {
  it('passes the first on at once and gives those together that have arrived together', async () => {
    const { inflow, send } = anInflow();
    send(event('a'));
    expect(await inflow.take()).toBe(event('a'));
    const next = inflow.take();
    for (const text of ['b', 'c', 'd']) send(event(text));
    expect(await next).toBe(event('b') + event('c') + event('d'));
  });

  it.each(['\n', '\r\n', '\r'])(
    'waits for the rest of an event that came in parts, also within a character (line ends %j)',
    async (lineEnd) => {
      const { inflow } = anInflow();
      const text = event('ü🙂').replaceAll('\n', lineEnd);
      const taken: string[] = [];
      const taking = (async () => {
        for (let events = await inflow.take(); events !== null; events = await inflow.take()) taken.push(events);
      })();
      for (const byte of Buffer.from(text + text)) {
        inflow.data(Uint8Array.of(byte));
        await endOfTurn();
      }
      inflow.end();
      await taking;
      expect(taken.filter((events) => events.endsWith(lineEnd + lineEnd)).join('')).toBe(text + text);
    },
  );

  it('gives everything before it ends, also without a last blank line', async () => {
    const { inflow, send } = anInflow();
    send(`${event('a')}data: [DONE]`);
    inflow.end();
    expect(await inflow.take()).toBe(`${event('a')}data: [DONE]`);
    expect(await inflow.take()).toBeNull();
  });

  it('gives whole events before it says what broke the stream', async () => {
    const { inflow, send } = anInflow();
    send(`${event('a')}data: {"cho`);
    inflow.end(new Error('cut'));
    expect(await inflow.take()).toBe(event('a'));
    await expect(inflow.take()).rejects.toThrow('cut');
  });

  it('leaves on the wire what nobody takes', async () => {
    const { inflow, flow, send } = anInflow();
    while (!flow.paused) send(event('a'.repeat(10_000)));
    expect((await inflow.take())!.length).toBeLessThan(300_000);
    expect(flow.paused).toBe(false);
  });

  it('does not look at what waits again and again: a backlog of small pieces is taken as fast as one of large ones', async () => {
    const { inflow } = anInflow();
    inflow.flow = null;
    const bytes = Buffer.from(event('a'));
    for (let count = 0; count < 200_000; count += 1) inflow.data(bytes);
    expect((await inflow.take())!.length).toBe(200_000 * bytes.length);
  });

  it('refuses an event that has no end', async () => {
    const { inflow, flow, send } = anInflow();
    while (!flow.paused) send('data: '.padEnd(10_000, 'x'));
    await expect(inflow.take()).rejects.toThrow('too large');
  });

  it('gives what is no stream of events as a whole', async () => {
    const { inflow, send } = anInflow();
    send('{"error":');
    const rest = inflow.rest();
    send('"no"}');
    inflow.end();
    expect(await rest).toBe('{"error":"no"}');
  });
});
