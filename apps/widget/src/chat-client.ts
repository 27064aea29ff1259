import type { Conversation, Presence, PublicBot, TranscriptEntry, Turn } from '@docent/contracts';
import { applyEvent, type Answer } from './apply-event';
import { createEventParser, type ServerEvent } from './parse-events';
import { openSaved, type Saved, type Waiting } from './saved';
import { createVisitorApi, type Refusal, type VisitorApi } from './visitor-api';

export interface ChatState {
  bot?: PublicBot;
  /** The page has said who the visitor is, with a signature that holds. */
  identified?: boolean | null;
  entries: TranscriptEntry[];
  /** What the visitor wrote and the log does not show yet. */
  outbox: Waiting[];
  /** The connection is gone; messages wait in the outbox. */
  offline: boolean;
  /** Why the chat cannot be used, in words. */
  error: string;
}

/** A line that stays silent this long is dead: the server says something at once, and then every 15 s. */
const firstByteMs = 6_000;
const silenceMs = 45_000;
/** After so many streams that brought nothing the log is polled, for so many rounds; then streams get another chance. */
const uselessStreams = 3;
const pollRounds = 40;

/**
 * The conversation without any user interface. While open it posts what waits in the outbox, in order and each once, and
 * follows the conversation's log from the last event it has seen. `onChange` is called after every change of `state`.
 */
export class ChatClient {
  /** The turn whose answer was complete when the conversation was loaded: nothing new to a listener. */
  heard: string | number | null | undefined;
  /** Told that the agent types or has read, as it happens. */
  onPresence: ((presence: Presence) => void) | undefined;
  state: ChatState = { entries: [], outbox: [], offline: false, error: '' };
  readonly saved: Saved;
  readonly api: VisitorApi;
  #life = new AbortController();
  #onChange: () => void;
  #failures = 0;
  #useless = 0;
  #isKnown = false;
  #loadedId: string | undefined;
  #lastSeq = 0;
  #wake: (() => void) | undefined;
  /** The open event stream. */
  #line: AbortController | undefined;
  #sending: Promise<void> | undefined;
  #botId: string;

  constructor(
    readonly base: string,
    botId: string,
    onChange: () => void,
  ) {
    this.#botId = botId;
    this.saved = openSaved(botId);
    this.api = createVisitorApi(base, botId, this.saved);
    this.#onChange = onChange;
  }

  /** Connects, or connects anew at once. */
  open = () => {
    this.close();
    this.#failures = this.#useless = 0;
    this.#sending = undefined;
    const { signal } = (this.#life = new AbortController());
    addEventListener('online', this.open, { signal });
    addEventListener('storage', (event) => event.key === this.saved.key && this.#otherTab(), { signal });
    void this.#run(signal);
  };

  /** Ends requests, timers and listeners; nothing is lost, `open` goes on from here. */
  close() {
    this.#life.abort();
  }

  /** The visitor is somebody else from the next `open` on, or somebody at last. */
  identify() {
    this.#isKnown = false;
  }

  send(text: string, attachmentIds?: string[]) {
    const { outbox } = this.saved.read();
    // Unique within a conversation is enough, and pages without TLS have no randomUUID.
    this.#keep([...outbox, { id: `${Date.now()}-${Math.random()}`, text, attachmentIds }]);
    this.#wake?.();
    if (this.#line) this.#flushSoon(this.#life.signal);
  }

  /** Sends again what was refused or could not be sent. */
  retry = () => {
    this.#keep(this.saved.read().outbox.map((message) => ({ ...message, failed: '', refused: false })));
    this.open();
  };

  startAnew = () => {
    this.saved.write({ conversationId: '' });
    this.#keep([]);
    this.open();
  };

  async stop() {
    const answer = this.#running();
    if (answer) await this.call('POST', `turns/${(answer as Answer).turnId}/stop`).catch(() => 0);
  }

  /** Shown at once, and taken back when the server does not take it. */
  async rate(answer: Answer, rating: Answer['rating']) {
    const show = (value: Answer['rating']) => {
      this.state.entries = this.state.entries.map((entry) =>
        entry.role === 'assistant' && entry.turnId === answer.turnId ? { ...entry, rating: value } : entry,
      );
      this.#onChange();
    };
    show(rating);
    await this.call('PUT', `turns/${answer.turnId}/rating`, { rating }).catch(() => show(answer.rating));
  }

  /** One call about this conversation. Throws `Refusal`. */
  call(method: string, path: string, body?: unknown, signal = this.#life.signal) {
    return this.api.call(method, `conversations/${this.#loadedId}/${path}`, signal, body);
  }

  /** Connect, send what waits, follow; after a failure again, later each time. */
  async #run(signal: AbortSignal) {
    while (!signal.aborted) {
      let waitMs = 300;
      try {
        if (!this.#isKnown) {
          const { bot, identified } = await this.api.renew(signal);
          Object.assign(this.state, { bot, identified });
          this.#isKnown = true;
        }
        await this.#load(signal);
        this.#settle();
        await this.#flush(signal);
        if (this.#loadedId) await this.#follow(signal);
        else waitMs = Infinity;
      } catch (error) {
        if (signal.aborted) return;
        waitMs = this.#explain(error as Refusal);
      }
      await this.#pause(waitMs, signal);
    }
  }

  /** Notes a failure in words, and says how many milliseconds to wait before the next try. */
  #explain({ status, message }: Refusal) {
    const lost = status === 404 && this.#loadedId;
    if (lost) this.#forget();
    this.state.offline = !status;
    this.state.error = !status || lost ? '' : message;
    this.#onChange();
    const forGood = status < 500 && !lost && ![401, 408, 409, 429].includes(status);
    return forGood ? Infinity : 500 * 2 ** Math.min(this.#failures++, 6);
  }

  #settle() {
    this.state.offline = false;
    this.state.error = '';
    this.state.outbox = this.saved.read().outbox;
    this.#onChange();
  }

  async #pause(waitMs: number, signal: AbortSignal) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    await new Promise<void>((resolve) => {
      if (waitMs < Infinity) timer = setTimeout(resolve, waitMs * (0.5 + Math.random()));
      this.#wake = signal.onabort = () => resolve();
    });
    clearTimeout(timer);
    this.#wake = undefined;
  }

  #savedId() {
    return this.saved.read().conversationId || undefined;
  }

  #forget() {
    this.saved.write({ conversationId: undefined });
    // Perhaps the bot is gone too: that is said when it is asked for.
    this.#isKnown = false;
    this.#take(undefined);
    this.#keep(this.saved.read().outbox.filter(({ seq }) => !seq));
  }

  /** The transcript holds exactly the events up to `lastSeq`, also of an answer that is still running. */
  #take(conversation: Conversation | undefined) {
    this.#loadedId = conversation?.id;
    this.#lastSeq = conversation?.lastSeq ?? 0;
    this.state.entries = conversation?.transcript ?? [];
    this.heard = this.#running() ? undefined : keyOf(this.state.entries.at(-1));
  }

  async #load(signal: AbortSignal) {
    if (this.state.identified && this.saved.read().conversationId === undefined) {
      // Somebody who is known goes on where they left off, also on another device.
      const { items } = await (await this.api.call('GET', 'visitor/conversations?limit=1', signal)).json();
      this.saved.write({ conversationId: items[0]?.id ?? '' });
    }
    const conversationId = this.#savedId();
    if (conversationId === this.#loadedId) return;
    this.#take(undefined);
    this.#onChange();
    if (!conversationId) return;
    try {
      this.#take(await (await this.api.call('GET', `conversations/${conversationId}`, signal)).json());
      this.#keep(this.saved.read().outbox);
    } catch (error) {
      // Not before: who connects anew meanwhile would take it for loaded. One that is gone is what `#explain` forgets.
      if ((error as Refusal).status === 404) this.#loadedId = conversationId;
      throw error;
    }
  }

  /** Stores the outbox without what the log already shows. */
  #keep(outbox: Waiting[]) {
    this.state.outbox = outbox.filter(({ seq }) => !seq || seq > this.#lastSeq);
    this.saved.write({ outbox: this.state.outbox });
    this.#onChange();
  }

  #mark(id: string, change: Partial<Waiting>) {
    this.#keep(this.saved.read().outbox.map((message) => (message.id === id ? { ...message, ...change } : message)));
  }

  #running() {
    return this.state.entries.find((entry) => entry.role === 'assistant' && entry.status === 'running');
  }

  /** While following: a failure breaks the line too, so that one loop does all the waiting. */
  #flushSoon(signal: AbortSignal) {
    this.#flush(signal).catch((error) => this.#line?.abort(error));
  }

  #flush(signal: AbortSignal) {
    return (this.#sending ??= this.#sendAll(signal).finally(() => (this.#sending = undefined)));
  }

  /** In order; the next one waits for the answer to the one before. */
  async #sendAll(signal: AbortSignal) {
    for (;;) {
      const { outbox } = this.saved.read();
      const message = outbox.find(({ seq, refused }) => !seq && !refused);
      // What is sent but not yet in the log, or not yet answered, comes first.
      const last = this.state.entries.at(-1);
      const isBusy = this.#running() || (last?.role === 'visitor' && last.turnId) || outbox.some(({ seq }) => seq);
      if (!message || isBusy || signal.aborted) return;
      const { id, text, attachmentIds } = message;
      try {
        this.#mark(id, { failed: '' });
        await this.begin(signal);
        const turn: Turn = await (
          await this.api.call('POST', `conversations/${this.#loadedId}/messages`, signal, {
            clientMessageId: id,
            text,
            attachmentIds,
          })
        ).json();
        this.#mark(id, { seq: turn.seq });
      } catch (error) {
        const { status, message, code } = error as Refusal;
        // An answer is on its way that is not in sight yet: with the next sign of the line again.
        if (code === 'turn_running') return;
        const refused = [400, 402, 413, 422].includes(status);
        this.#mark(id, { failed: message, refused });
        if (!refused) throw error;
      }
    }
  }

  /** One tab begins the conversation, the others find it. */
  async begin(signal = this.#life.signal): Promise<void> {
    if (this.#loadedId) return;
    // Without the query, where addresses carry names and tokens.
    const pageUrl = location.href.split(/[?#]/)[0];
    const begin = async () => {
      await this.#load(signal);
      if (this.#loadedId) return;
      this.#take(
        await (
          await this.api.call('POST', `bots/${this.#botId}/conversations`, signal, { pageUrl, locale: navigator.language })
        ).json(),
      );
      this.saved.write({ conversationId: this.#loadedId });
      this.#wake?.();
    };
    // Pages without TLS have no locks.
    await (navigator.locks ? navigator.locks.request(this.saved.key, { signal }, begin) : begin());
  }

  async #follow(signal: AbortSignal) {
    const line = (this.#line = new AbortController());
    signal.addEventListener('abort', () => line.abort(), { signal: line.signal });
    try {
      await (this.#useless < uselessStreams ? this.#stream(line, signal) : this.#poll(line, signal));
    } finally {
      this.#line = undefined;
      line.abort();
    }
  }

  async #stream(line: AbortController, signal: AbortSignal) {
    let silence: ReturnType<typeof setTimeout> | undefined;
    let pieces = 0;
    const listen = () => {
      clearTimeout(silence);
      silence = setTimeout(
        () => {
          if (!pieces) this.#useless = uselessStreams;
          line.abort();
        },
        pieces ? silenceMs : firstByteMs,
      );
    };
    try {
      listen();
      const response = await this.call('GET', `events?after=${this.#lastSeq}`, undefined, line.signal);
      this.#useless++;
      this.#connected();
      const push = createEventParser(({ seq, type, data }: ServerEvent) => this.#onEvent(seq, type, JSON.parse(data)));
      for (const reader = response.body!.getReader(); ; listen()) {
        const { done, value } = await reader.read();
        if (done) return;
        push(value);
        if (pieces++) this.#useless = 0;
        this.#flushSoon(signal);
      }
    } finally {
      clearTimeout(silence);
    }
  }

  /** For networks that break streams, or keep them to themselves until they end. */
  async #poll(line: AbortController, signal: AbortSignal) {
    for (let round = 0, read = ''; round < pollRounds; round++) {
      const { events, presence, marks } = await (
        await this.call('GET', `events/next?waitSeconds=15&after=${this.#lastSeq}&marks=${read}`, undefined, line.signal)
      ).json();
      read = marks;
      this.#connected();
      for (const data of presence) this.onPresence?.(data);
      for (const { seq, type, data } of events) this.#onEvent(seq, type, data);
      this.#flushSoon(signal);
      await this.#pause(250, line.signal);
    }
    this.#useless = 0;
  }

  #connected() {
    this.#failures = 0;
    this.#settle();
  }

  #onEvent(seq: number, type: string, data: Partial<Answer> & { clientMessageId?: string }) {
    if (type === 'presence') this.onPresence?.(data as unknown as Presence);
    if (!(seq > this.#lastSeq)) return;
    this.#lastSeq = seq;
    this.#useless = 0;
    this.state.entries = applyEvent(this.state.entries, type, { ...data, seq });
    this.#keep(this.saved.read().outbox.filter(({ id }) => id !== data.clientMessageId));
  }

  /** Another tab wrote, sent, or began a new conversation. */
  #otherTab() {
    this.state.outbox = this.saved.read().outbox;
    this.#onChange();
    if (this.#savedId() !== this.#loadedId && !this.#sending) this.open();
  }
}

/** What tells one entry from another in the eyes of a listener. */
export const keyOf = (entry: TranscriptEntry | undefined) => (entry as Answer | undefined)?.turnId ?? entry?.seq;
