import { createServer, type AddressInfo, type Socket } from 'node:net';
import { piecesForStamp, stamp } from './time-stamp';

const beatMs = 20;
/** Streams beat in turns, as those of many visitors do: so many groups, one a millisecond. */
const groups = beatMs;
const words =
  'Put the line of code on every page of your site, right before the end of the body. The button shows up in the corner and opens with a click. You can change its colour and its place in the console whenever you like.';
/** How long all speak together, and how long one waits for the others at most. */
const togetherMs = 20_000;
const waitsMs = 90_000;

interface Stream {
  socket: Socket;
  pieces: number;
  beganAt: number;
}

/**
 * An OpenAI-compatible model that says when it speaks: 50 words a second, every tenth of them the time at which it left, the last with the
 * number of those.
 * Asked under `/<count>/v1`, all answers go on until that many have spoken together for twenty seconds. As little as possible for each
 * piece: bare sockets, one timer, one buffer for all that beat at the same moment. Resolves with its address.
 */
export async function startMetronomeModel(): Promise<string> {
  const metronome = new Metronome();
  const server = createServer({ noDelay: true }, (socket) => metronome.listen(socket));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

class Metronome {
  private readonly beating = Array.from({ length: groups }, () => new Set<Stream>());
  private beatsDone = 0;
  private count = 0;
  private next = 0;
  private endAt = Infinity;
  private timer: NodeJS.Timeout | null = null;
  private startedAt = 0;

  /** One question at a time on a connection. */
  listen(socket: Socket): void {
    let asked = '';
    socket.setEncoding('latin1').on('error', () => undefined);
    socket.on('data', (text: string) => {
      asked += text;
      const head = asked.indexOf('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(asked)?.[1] ?? 0);
      if (head < 0 || asked.length < head + 4 + length) return;
      this.begin(socket, Number(/^\S+ \/(\d+)\//.exec(asked)?.[1] ?? 1));
      asked = '';
    });
  }

  private begin(socket: Socket, together: number): void {
    socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n');
    const stream: Stream = { socket, pieces: 0, beganAt: performance.now() };
    const group = this.beating[(this.next += 1) % groups]!;
    group.add(stream);
    socket.once('close', () => group.delete(stream) && this.leave());
    this.count += 1;
    if (this.count === together) this.endAt = performance.now() + togetherMs;
    if (this.timer) return;
    this.startedAt = performance.now();
    this.beatsDone = 0;
    this.timer = setInterval(() => this.beat(), 1);
  }

  private leave(): void {
    this.count -= 1;
    if (this.count > 0 || !this.timer) return;
    clearInterval(this.timer);
    this.timer = null;
    this.endAt = Infinity;
  }

  /** What a late timer has missed is made up for. */
  private beat(): void {
    const now = performance.now();
    for (; this.beatsDone < now - this.startedAt; this.beatsDone += 1) {
      const group = this.beating[this.beatsDone % groups]!;
      if (group.size > 0) this.speak(group, now);
    }
  }

  private speak(group: Set<Stream>, now: number): void {
    const content = ` ${stamp()}`;
    const stamped = Buffer.from(chunked(piece({ content })));
    for (const stream of group) {
      stream.pieces += 1;
      if (now > this.endAt || now - stream.beganAt > waitsMs) this.end(group, stream, content);
      else stream.socket.write(stream.pieces % piecesForStamp === 0 ? stamped : plain[stream.pieces % plain.length]!);
    }
  }

  private end(group: Set<Stream>, stream: Stream, content: string): void {
    group.delete(stream);
    stream.socket.write(`${chunked(piece({ content: `${content} #${Math.floor((stream.pieces - 1) / piecesForStamp) + 1}` }))}${chunked(`${piece({}, 'stop')}data: [DONE]\n\n`)}0\r\n\r\n`);
    this.leave();
  }
}

function chunked(text: string): string {
  return `${text.length.toString(16)}\r\n${text}\r\n`;
}

function piece(delta: object, finish: string | null = null): string {
  return `data: ${JSON.stringify({ id: 'metronome', object: 'chat.completion.chunk', created: 1, model: 'metronome', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
}

const plain = words.split(' ').map((word) => Buffer.from(chunked(piece({ content: ` ${word}` }))));
