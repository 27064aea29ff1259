import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { ClientHistory, ReaderLog, Reading, SeenEvent } from './history';
import type { SeededRandom } from './seeded-random';

export interface PlainVisitorOptions {
  /** Of the fault proxy. */
  url: string;
  apiKey: string;
  botId: string;
  random: SeededRandom;
  questions: string[];
  /** `stream`: server-sent events; `poll`: one request after the other. */
  reads: 'stream' | 'poll';
}

const callTimeoutMs = 10_000;
const silenceMs = 20_000;

/**
 * A program that asks its questions one after the other over plain HTTP, sends again whatever got no answer, sometimes sends twice what
 * was answered, reads the log from where it was, and writes down everything it saw.
 */
export async function visitPlainly(options: PlainVisitorOptions): Promise<ClientHistory> {
  const conversationId = String((await insist(options, 'POST', `/v1/bots/${options.botId}/conversations`, {}))['id']);
  const history: ClientHistory = { conversationId, sent: [], readers: [], screens: [], complaints: [] };
  const leaving = new AbortController();
  const readers = Array.from({ length: options.random.chance(0.15) ? 2 : 1 }, (_, index) => new Reader(options, conversationId, `${options.reads} ${index + 1}`));
  history.readers = readers.map((reader) => reader.log);
  const reading = readers.map((reader) => reader.run(leaving.signal));
  try {
    for (const text of options.questions) await askOnce(options, history, text, readers);
  } finally {
    leaving.abort();
    await Promise.all(reading);
  }
  return history;
}

async function askOnce(options: PlainVisitorOptions, history: ClientHistory, text: string, readers: Reader[]): Promise<void> {
  const message = { clientMessageId: randomUUID(), text };
  const sent: ClientHistory['sent'][number] = { ...message, acknowledged: null };
  history.sent.push(sent);
  const path = `/v1/conversations/${history.conversationId}/messages`;
  const copies = options.random.chance(0.1) ? 2 : 1;
  const answers = await Promise.all(Array.from({ length: copies }, () => insist(options, 'POST', path, message)));
  if (options.random.chance(0.1)) answers.push(await insist(options, 'POST', path, message));
  const turnId = String(answers[0]!['turnId']);
  sent.acknowledged = { turnId, seq: Number(answers[0]!['seq']) };
  if (answers.some((answer) => answer['turnId'] !== turnId)) history.complaints.push(`${message.clientMessageId} sent again became another turn`);
  if (options.random.chance(0.03)) await insist(options, 'POST', `/v1/conversations/${history.conversationId}/turns/${turnId}/stop`, {});
  await Promise.all(readers.map((reader) => reader.untilEnd(turnId)));
}

/** Asks until there is an answer. Throws where the server refuses for good. */
async function insist({ url, apiKey, random }: PlainVisitorOptions, method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  for (let tries = 0; ; tries++) {
    const answer = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(callTimeoutMs),
    })
      .then(async (response) => ({ status: response.status, body: (await response.json()) as Record<string, unknown> }))
      .catch(() => null);
    if (answer && answer.status < 300) return answer.body;
    if (answer && ![408, 409, 429].includes(answer.status) && answer.status < 500) throw new Error(`${method} ${path} was refused: ${answer.status} ${JSON.stringify(answer.body)}`);
    await wait(Math.min(50 * 2 ** tries, 1000) * (0.5 + random.next()));
  }
}

/** Follows the log across any number of connections. */
class Reader {
  readonly log: ReaderLog;
  private seen = 0;
  private readonly ended = new Set<string>();
  private wake: (() => void)[] = [];

  constructor(
    private readonly options: PlainVisitorOptions,
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

  async untilEnd(turnId: string): Promise<void> {
    while (!this.ended.has(turnId)) await new Promise<void>((resolve) => this.wake.push(resolve));
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
    if (event.type !== 'answer.completed' && event.type !== 'answer.failed') return;
    this.ended.add((event.data as { turnId: string }).turnId);
    this.wake.splice(0).forEach((wake) => wake());
  }
}
