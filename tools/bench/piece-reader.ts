import { connect } from 'node:net';
import { ageOfStamp } from './time-stamp';

/** What the readers of the metronome's answers have heard. */
export class PieceAges {
  /** Milliseconds, one for each stamped piece, in the order in which they arrived. */
  readonly ages: number[] = [];
  /** Deltas that they came in. */
  events = 0;
  /** Answers that have said their first piece. */
  begun = 0;
  completed = 0;
  failed = 0;
  /** Stamped pieces as the model counted them, of completed answers. */
  spoken = 0;
  /** Set by whoever waits for a change. */
  onChange: () => void = () => undefined;
}

/** All readers are given their bytes in the same memory: nothing is kept between two calls but what is unfinished. */
const shared = Buffer.allocUnsafe(256 * 1024);
const delta = 'event: answer.delta';

/** Follows one conversation, as cheaply as can be: no stream, no copy, no regular expression for each piece. */
export function readPieces(baseUrl: string, apiKey: string, conversationId: string, heard: PieceAges): void {
  const { hostname, port, host } = new URL(baseUrl);
  let rest = '';
  let hasBegun = false;
  const take = (text: string) => {
    const now = performance.timeOrigin + performance.now();
    let from = 0;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n', from)) {
      const type = text.indexOf('event: answer.', from);
      if (type >= 0 && type < end) {
        if (text.startsWith(delta, type)) {
          heard.events += 1;
          hasBegun ||= begin(heard);
          takeStamps(text, type, end, now, heard);
        } else takeEnd(text.slice(type, end), heard);
      }
      from = end + 2;
    }
    rest = text.slice(from);
  };
  const socket = connect({
    host: hostname,
    port: Number(port),
    noDelay: true,
    onread: { buffer: shared, callback: (length) => (take(rest + shared.toString('latin1', 0, length)), true) },
  });
  socket.on('error', () => undefined);
  socket.write(`GET /v1/conversations/${conversationId}/events?after=0 HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${apiKey}\r\n\r\n`);
}

/** Asks the metronome itself, or what stands before it, and follows its words. */
export function readModel(baseUrl: string, streams: number, heard: PieceAges): void {
  const { hostname, port, host } = new URL(baseUrl);
  let rest = '';
  let hasBegun = false;
  const take = (text: string) => {
    const now = performance.timeOrigin + performance.now();
    hasBegun ||= begin(heard);
    heard.events += 1;
    // What is whole ends with a line; a chunk's end may lie anywhere.
    const end = text.lastIndexOf('\n') + 1;
    takeStamps(text, 0, end, now, heard);
    rest = text.slice(end);
    if (text.includes('[DONE]')) takeEnd(`event: answer.completed ${text}`, heard);
  };
  const socket = connect({ host: hostname, port: Number(port), noDelay: true, onread: { buffer: shared, callback: (length) => (take(rest + shared.toString('latin1', 0, length)), true) } });
  socket.on('error', () => undefined);
  socket.write(`POST /${streams}/v1/chat/completions HTTP/1.1\r\nhost: ${host}\r\ncontent-length: 2\r\n\r\n{}`);
}

function begin(heard: PieceAges): true {
  heard.begun += 1;
  heard.onChange();
  return true;
}

function takeStamps(text: string, from: number, end: number, now: number, heard: PieceAges): void {
  for (let at = text.indexOf('@', from); at >= 0 && at < end; at = text.indexOf('@', at + 1)) heard.ages.push(ageOfStamp(text, at, now));
}

function takeEnd(block: string, heard: PieceAges): void {
  if (block.startsWith('event: answer.completed')) {
    heard.completed += 1;
    heard.spoken += Number(/#(\d+)/.exec(block)?.[1] ?? 0);
  } else if (block.startsWith('event: answer.failed')) heard.failed += 1;
  heard.onChange();
}
