import { expect, it } from 'vitest';
import { createEventParser, type ServerEvent } from './parse-events';

const stream = [
  ': ping\n\n',
  'id: 1\nevent: message\ndata: {"text":"Grüße 👋 مرحبا"}\n\n',
  'id:2\r\nevent:answer.delta\r\ndata: one\r\ndata: two: three\r\n\r\n',
  ': another comment\n\nevent: ignored\n\n',
  'id: 3\revent: answer.completed\rdata:\rretry: 10\r\r',
  'data\nid: 4\nevent: plain\n\n',
].join('');

const expected: ServerEvent[] = [
  { seq: 1, type: 'message', data: '{"text":"Grüße 👋 مرحبا"}' },
  { seq: 2, type: 'answer.delta', data: 'one\ntwo: three' },
  { seq: 3, type: 'answer.completed', data: '' },
  { seq: 4, type: 'plain', data: '' },
];

function parse(pieces: Uint8Array[]): ServerEvent[] {
  const events: ServerEvent[] = [];
  const push = createEventParser((event) => events.push(event));
  for (const piece of pieces) push(piece);
  return events;
}

it('reads the same events wherever the bytes are cut', () => {
  const bytes = new TextEncoder().encode(stream);
  expect(parse([bytes])).toEqual(expected);
  for (let cut = 0; cut <= bytes.length; cut++)
    expect(parse([bytes.slice(0, cut), bytes.slice(cut)]), `cut at byte ${cut}`).toEqual(expected);
  expect(parse([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(expected);
});

it('waits for the empty line before an event counts', () => {
  expect(parse([new TextEncoder().encode('id: 1\nevent: message\ndata: {}\n')])).toEqual([]);
});
