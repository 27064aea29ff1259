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
  #polls = new Set<() => void>();
  #presence: Record<string, unknown>[] = [];
  #agentReadSeq = 0;
  /** What the visitor's side said of itself: read up to, typing. */
  sightings: Record<string, unknown>[] = [];
  satisfaction: Record<string, unknown> | undefined;

  constructor(private readonly server: FakeServer) {}

  /** The turn of this message; undefined while another answer is running. */
  ask(clientMessageId: string, text: string, attachments?: unknown[]): { turnId: string; seq: number } | undefined {
    const known = this.log.find(({ data }) => data.clientMessageId === clientMessageId);
    if (known) return { turnId: String(known.data.turnId), seq: known.seq };
    if (this.#running) return;
    const said = { clientMessageId, role: 'visitor', text, ...(attachments?.length && { attachments }) };
    if (this.state === 'human') return { turnId: randomUUID(), seq: this.append('message', { turnId: null, ...said }) };
    if (this.state === 'closed') this.handOver('bot', 'reopened', '');
    const turnId = (this.#running = randomUUID());
    const seq = this.append('message', { turnId, ...said });
    void this.#answer(turnId, answerTo(text));
    return { turnId, seq };
  }

  get state(): string {
    return (this.log.findLast(({ type }) => type === 'handover')?.data.state as string) ?? 'bot';
  }

  handOver(state: string, reason: string, text: string, extra: Record<string, unknown> = {}) {
    this.append('handover', { state, reason, agent: null, text, promisedSeconds: null, offersForm: false, ...extra });
  }

  /** What only those hear who listen at this moment. */
  present(presence: Record<string, unknown>) {
    if (presence.kind === 'read') this.#agentReadSeq = Number(presence.seq);
    this.#presence.push(presence);
    this.#polls.forEach((wake) => wake());
    this.#polls.clear();
    this.#presence = [];
    for (const reader of this.#readers)
      reader.write(`event: presence\ndata: ${JSON.stringify({ conversationId: this.id, ...presence })}\n\n`);
  }

  /** The log after `after`, at once or as soon as it grows, or nothing in the end. */
  async next(after: number, waitMs: number, knownReadSeq: number) {
    const seq = this.#agentReadSeq;
    let presence = seq > knownReadSeq ? [{ kind: 'read', by: 'agent', seq }] : ([] as Record<string, unknown>[]);
    if (this.log.length <= after && presence.length === 0)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, waitMs);
        this.#polls.add(() => (clearTimeout(timer), (presence = this.#presence), resolve()));
      });
    const events = this.log.slice(after).map((entry) => ({ ...entry, at }));
    return { events, lastSeq: this.log.length, presence, marks: `${this.#agentReadSeq}.0` };
  }

  follow(response: ServerResponse, after: number) {
    if (this.server.network === 'buffering') return;
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    if (this.server.network === 'cutting') return (void response.flushHeaders(), void setTimeout(() => response.destroy(), 20));
    response.write(': ping\n\n');
    for (const entry of this.log.slice(after)) response.write(asEvent(entry));
    this.#readers.add(response);
    response.on('close', () => this.#readers.delete(response));
  }

  stop(turnId: string) {
    if (this.#running !== turnId) return;
    this.#running = undefined;
    this.append('answer.completed', {
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
      if (type === 'message') return [{ role: data.role as string, seq, ...data, at }];
      if (type === 'handover') return [{ role: 'handover', seq, ...data, at }];
      return type === 'answer.started' ? [this.#readAnswer(seq, data.turnId as string)] : [];
    });
    const title = String(this.log.find(({ data }) => data.role === 'visitor')?.data.text ?? '');
    return { id: this.id, title, lastMessageAt: at, lastSeq: this.log.length, state: this.state, transcript };
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
    const restarted = this.log.findLastIndex(({ type, data }) => type === 'answer.restarted' && data.turnId === turnId);
    return this.log
      .slice(restarted + 1)
      .filter(({ type, data }) => type === 'answer.delta' && data.turnId === turnId)
      .map(({ data }) => data.text)
      .join('');
  }

  async #answer(turnId: string, { pieces, failure, suggestions, restart }: ScriptedAnswer) {
    this.append('answer.started', { turnId });
    for (const [index, text] of pieces.entries()) {
      // The process that wrote died, and another one begins anew.
      if (restart && index === 3) this.append('answer.restarted', { turnId, fromSeq: 0 });
      while (this.server.hold && index >= pieces.length / 2) await new Promise((resolve) => setTimeout(resolve, 10));
      if (this.#running !== turnId) return;
      this.append('answer.delta', { turnId, text, citations: citations.filter(({ n }) => text.includes(`[${n}]`)) });
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    if (this.#running !== turnId) return;
    this.#running = undefined;
    const text = pieces.slice(restart ? 3 : 0).join('');
    if (failure) this.append('answer.failed', { turnId, code: 'model_failed', message: failure });
    else
      this.append('answer.completed', {
        turnId,
        text,
        citations: citations.filter(({ n }) => text.includes(`[${n}]`)),
        answered: !suggestions,
        suggestions: suggestions ?? [],
        finishReason: 'stop',
      });
  }

  append(type: string, data: Record<string, unknown>): number {
    const entry = { seq: this.log.length + 1, type, data };
    this.log.push(entry);
    for (const reader of this.#readers) reader.write(asEvent(entry));
    for (const wake of this.#polls) wake();
    this.#polls.clear();
    return entry.seq;
  }
}

const at = '2026-01-01T00:00:00.000Z';

const asEvent = ({ seq, type, data }: LogEntry) => `id: ${seq}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
