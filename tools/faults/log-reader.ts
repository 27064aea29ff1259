import { setTimeout as wait } from 'node:timers/promises';
import type { ReaderLog, Reading, SeenEvent } from './history';
import type { SeededRandom } from '../seeded-random';

export interface LogReaderOptions {
  /** Of the fault proxy. */
  url: string;
  apiKey: string;
  random: SeededRandom;
  /** `stream`: server-sent events; `poll`: one request after the other. */
  reads: 'stream' | 'poll';
}

const silenceMs = 20_000;

/** Follows the log across any number of connections, and knows from it how the conversation stands. */
export class LogReader {
  readonly log: ReaderLog;
  private seen = 0;
  private readonly begun = new Set<string>();
  private readonly ended = new Set<string>();
  private readonly relayed = new Set<string>();
  /** Null: nobody but the bot has had it yet. */
  private state: string | null = null;
  private wake: (() => void)[] = [];

  constructor(
    private readonly options: LogReaderOptions,
    private readonly conversationId: string,
    who: string,
  ) {
    this.log = { who, readings: [] };
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const line = new AbortController();
      const leave = () => line.abort();
      signal.addEventListener('abort', leave);
      await (this.options.reads === 'stream' ? this.stream(line) : this.poll(line)).catch(() => undefined);
      signal.removeEventListener('abort', leave);
      line.abort();
      if (!signal.aborted) await wait(30 + this.options.random.next() * 150);
    }
  }

  /** Until the answer has ended, or a person was told instead of the bot. */
  async untilEnd(turnId: string, clientMessageId: string): Promise<void> {
    await this.until(() => this.ended.has(turnId) || this.relayed.has(clientMessageId));
  }

  /** Until a person who was asked for has come, or is not awaited any more. */
  async untilHeard(): Promise<void> {
    await this.until(() => this.state !== null && this.state !== 'waiting');
  }

  /** Until no person has the conversation, and the bot has said all that it began to say. */
  async untilSettled(): Promise<void> {
    await this.until(() => this.state !== 'waiting' && this.state !== 'human' && [...this.begun].every((turnId) => this.ended.has(turnId)));
  }

  private async until(isTrue: () => boolean): Promise<void> {
    while (!isTrue()) await new Promise<void>((resolve) => this.wake.push(resolve));
  }

  private async stream(line: AbortController): Promise<void> {
    const reading = this.begin();
    let silence = setTimeout(() => line.abort(), silenceMs);
    try {
      const response = await this.get(`events?after=${reading.after}`, line.signal);
      let rest = '';
      for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
        clearTimeout(silence);
        silence = setTimeout(() => line.abort(), silenceMs);
        const blocks = (rest + piece).split('\n\n');
        rest = blocks.pop()!;
        for (const block of blocks) this.take(reading, block);
      }
    } finally {
      clearTimeout(silence);
    }
  }

  private take(reading: Reading, block: string): void {
    const fields = new Map(block.split('\n').map((text) => [text.slice(0, text.indexOf(':')), text.slice(text.indexOf(':') + 2)]));
    const [id, type, data] = [fields.get('id'), fields.get('event'), fields.get('data')];
    if (id && type && data) this.note(reading, { seq: Number(id), type, data: JSON.parse(data) as unknown } as SeenEvent);
  }

  private async poll(line: AbortController): Promise<void> {
    const reading = this.begin();
    const timeout = setTimeout(() => line.abort(), silenceMs);
    try {
      const response = await this.get(`events/next?after=${reading.after}&waitSeconds=10`, line.signal);
      const { events } = (await response.json()) as { events: SeenEvent[] };
      for (const { seq, type, data } of events) this.note(reading, { seq, type, data } as SeenEvent);
    } finally {
      clearTimeout(timeout);
    }
  }

  private begin(): Reading {
    const reading: Reading = { after: this.seen, events: [] };
    this.log.readings.push(reading);
    return reading;
  }

  private async get(path: string, signal: AbortSignal): Promise<Response> {
    const response = await fetch(`${this.options.url}/v1/conversations/${this.conversationId}/${path}`, { headers: { authorization: `Bearer ${this.options.apiKey}` }, signal });
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return response;
  }

  private note(reading: Reading, event: SeenEvent): void {
    reading.events.push(event);
    this.seen = Math.max(this.seen, event.seq);
    const { turnId, clientMessageId, state } = event.data as { turnId?: string | null; clientMessageId?: string | null; state?: string };
    if (turnId && event.type === 'answer.started') this.begun.add(turnId);
    if (turnId && (event.type === 'answer.completed' || event.type === 'answer.failed')) this.ended.add(turnId);
    if (state && event.type === 'handover') this.state = state;
    // Said to a person; nobody else answers it while they are there.
    if (clientMessageId && !turnId && event.type === 'message') this.relayed.add(clientMessageId);
    this.wake.splice(0).forEach((wake) => wake());
  }
}
