import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { answerTo, citations, type ScriptedAnswer } from './scripted-answers';
import type { FakeServer } from './fake-server';

interface LogEntry {
  seq: number;
  type: string;
  data: Record<string, unknown>;
}

/** One conversation as an append-only log with gapless numbers; every reader follows the same log. */
export class FakeConversation {
  id = randomUUID();
  log: LogEntry[] = [];
  #readers = new Set<ServerResponse>();
  #ratings = new Map<string, string | null>();
  #running: string | undefined;

  constructor(private readonly server: FakeServer) {}

  /** The turn of this message; undefined while another answer is running. */
  ask(clientMessageId: string, text: string): { turnId: string; seq: number } | undefined {
    const known = this.log.find(({ data }) => data.clientMessageId === clientMessageId);
    if (known) return { turnId: known.data.turnId as string, seq: known.seq };
    if (this.#running) return;
    const turnId = (this.#running = randomUUID());
    const seq = this.#append('message', { turnId, clientMessageId, role: 'visitor', text });
    void this.#answer(turnId, answerTo(text));
    return { turnId, seq };
  }

  follow(response: ServerResponse, after: number) {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(': ping\n\n');
    for (const entry of this.log.slice(after)) response.write(asEvent(entry));
    this.#readers.add(response);
    response.on('close', () => this.#readers.delete(response));
  }

  stop(turnId: string) {
    if (this.#running !== turnId) return;
    this.#running = undefined;
    this.#append('answer.completed', {
      turnId,
      text: this.#textOf(turnId),
      citations: [],
      answered: true,
      suggestions: [],
      finishReason: 'stopped_by_visitor',
    });
  }

  rate(turnId: string, rating: string | null) {
    this.#ratings.set(turnId, rating);
  }

  passage(n: number) {
    const citation = citations.find((each) => each.n === n)!;
    return {
      citation,
      before: 'Orders leave our warehouse on the next working day. ',
      quote: citation.quote,
      after: ' Larger orders may travel in several parcels, each with its own number.',
    };
  }

  /** The transcript, with the running answer's text so far. */
  read() {
    const transcript = this.log.flatMap(({ seq, type, data }) => {
      if (type === 'message') return [{ role: 'visitor', seq, turnId: data.turnId, text: data.text, at }];
      return type === 'answer.started' ? [this.#readAnswer(seq, data.turnId as string)] : [];
    });
    return { id: this.id, lastSeq: this.log.length, transcript };
  }

  #readAnswer(seq: number, turnId: string) {
    const end = this.log.find(({ type, data }) => data.turnId === turnId && /completed|failed/.test(type));
    const failed = end?.type === 'answer.failed';
    const mentioned = this.log.filter(({ data }) => data.turnId === turnId).flatMap(({ data }) => (data.citations as []) ?? []);
    const answer = {
      role: 'assistant',
      seq,
      turnId,
      text: this.#textOf(turnId),
      citations: mentioned,
      suggestions: [],
      rating: this.#ratings.get(turnId) ?? null,
      answered: null,
      at,
    };
    return {
      ...answer,
      status: 'running',
      ...(end && !failed && { ...end.data, status: 'completed' }),
      ...(failed && { status: 'failed', error: end.data }),
    };
  }

  #textOf(turnId: string) {
    return this.log
      .filter(({ type, data }) => type === 'answer.delta' && data.turnId === turnId)
      .map(({ data }) => data.text)
      .join('');
  }

  async #answer(turnId: string, { pieces, failure, suggestions }: ScriptedAnswer) {
    this.#append('answer.started', { turnId });
    for (const [index, text] of pieces.entries()) {
      while (this.server.hold && index >= pieces.length / 2) await new Promise((resolve) => setTimeout(resolve, 10));
      if (this.#running !== turnId) return;
      this.#append('answer.delta', { turnId, text, citations: citations.filter(({ n }) => text.includes(`[${n}]`)) });
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    if (this.#running !== turnId) return;
    this.#running = undefined;
    const text = pieces.join('');
    if (failure) this.#append('answer.failed', { turnId, code: 'model_failed', message: failure });
    else
      this.#append('answer.completed', {
        turnId,
        text,
        citations: citations.filter(({ n }) => text.includes(`[${n}]`)),
        answered: !suggestions,
        suggestions: suggestions ?? [],
        finishReason: 'stop',
      });
  }

  #append(type: string, data: Record<string, unknown>): number {
    const entry = { seq: this.log.length + 1, type, data };
    this.log.push(entry);
    for (const reader of this.#readers) reader.write(asEvent(entry));
    return entry.seq;
  }
}

const at = '2026-01-01T00:00:00.000Z';

const asEvent = ({ seq, type, data }: LogEntry) => `id: ${seq}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
