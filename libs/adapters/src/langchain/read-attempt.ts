import {
  type Egress,
  ModelError,
  type ModelConnection,
  type ModelMessage,
  type ModelPiece,
  type ModelRequest,
} from '@docent/ports';
import { finishReasonOf, usageOf } from './finish-of-chunk';
import type { ChatModelOptions, ChunkSource, ModelChunk, OpenStream } from './chat-model';
import { loadProvider } from './load-provider';
import { SpokenText } from './spoken-text';
import { toModelError } from './to-model-error';
import { watchFetch } from './watch-fetch';

/** Made once: without a reason, each answer would make an exception with a trace that nobody reads. */
const isOver = new DOMException('The answer is over.', 'AbortError');

type EndPiece = Extract<ModelPiece, { type: 'end' }>;

/**
 * One request to the supplier, from its first to its last piece. `firstPieceBy` is a time of `performance.now()`.
 * Whatever hangs below, the deadline and the abort signal end the wait at once.
 */
export async function* readAttempt(
  egress: Egress,
  connection: ModelConnection,
  request: ModelRequest,
  firstPieceBy: number,
): AsyncGenerator<ModelPiece> {
  request.signal.throwIfAborted();
  const stop = new AbortController();
  const { trustedAddress } = connection;
  const openStream: OpenStream = (wanted, reader) => egress.openStream({ ...wanted, trustedAddress }, reader);
  const watch = watchFetch(egress.fetchFunction({ trustedAddress }), openStream, stop.signal);
  const end: EndPiece = { type: 'end', reason: 'stop', inputTokens: null, outputTokens: null };
  let finished = false;
  let understood = false;
  let hasSpoken = false;
  const spoken = new SpokenText();
  const pieces = new PieceWatch(request.signal);
  pieces.arm(firstPieceBy - performance.now());
  try {
    const chunks = await openChunks(connection, request, watch, stop.signal);
    for (;;) {
      const next = await pieces.next(chunks);
      if (next.done) break;
      understood = true;
      finished = noteEnd(next.value, end) || finished;
      if (!next.value.text) continue;
      const text = spoken.take(next.value.text);
      if (text) yield { type: 'text', text };
      // A thought is a sign of life as well.
      if (hasSpoken) pieces.rearm();
      else pieces.arm(request.idleTimeoutMs);
      hasSpoken = true;
    }
    const rest = spoken.finish();
    if (rest) yield { type: 'text', text: rest };
    if (!finished) throw watch.endedWithoutFinish(understood);
  } catch (error) {
    request.signal.throwIfAborted();
    throw error instanceof ModelError ? error : toModelError(error, watch.seen, connection);
  } finally {
    pieces.end();
    stop.abort(isOver);
  }
  yield end;
}

async function openChunks(
  connection: ModelConnection,
  request: ModelRequest,
  { fetch, openStream }: Pick<ChatModelOptions, 'fetch' | 'openStream'>,
  signal: AbortSignal,
) {
  const [open, messages] = await Promise.all([loadProvider(connection.provider), toLangChain(request.messages)]);
  const { model, apiKey, baseUrl } = connection;
  const source: ChunkSource = open({ model, apiKey, baseUrl, maxOutputTokens: request.maxOutputTokens, fetch, openStream });
  return source._streamResponseChunks(messages, { signal });
}

/** Looked up once: the loader asks again each time. */
let messageKinds: Promise<typeof import('@langchain/core/messages')> | null = null;

async function toLangChain(messages: ModelMessage[]) {
  const { AIMessage, HumanMessage, SystemMessage } = await (messageKinds ??= import('@langchain/core/messages'));
  const kinds = { system: SystemMessage, user: HumanMessage, assistant: AIMessage };
  return messages.map((message) => new kinds[message.role](message.content));
}

/** Says whether the chunk carries the finish marker. */
function noteEnd(chunk: ModelChunk, end: EndPiece): boolean {
  const usage = usageOf(chunk);
  if (usage) {
    end.inputTokens = (end.inputTokens ?? 0) + usage.inputTokens;
    end.outputTokens = (end.outputTokens ?? 0) + usage.outputTokens;
  }
  const reason = finishReasonOf(chunk);
  if (reason) end.reason = reason;
  return reason !== null;
}

/** Ends the wait for the next piece when it takes too long, or nobody wants it any more; one timer and one listener for a whole answer. */
class PieceWatch {
  private timer: NodeJS.Timeout | undefined;
  private reject: ((reason: unknown) => void) | null = null;
  private readonly onAbort = () => this.reject?.(this.signal.reason);

  constructor(private readonly signal: AbortSignal) {
    signal.addEventListener('abort', this.onAbort, { once: true });
  }

  arm(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.reject?.(new ModelError('timeout', 'The model did not go on in time.')), Math.max(0, ms));
  }

  /** For as long as before, from now on. */
  rearm(): void {
    this.timer?.refresh();
  }

  next<T>(source: AsyncGenerator<T>): Promise<IteratorResult<T, unknown>> {
    this.signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      this.reject = reject;
      source.next().then(resolve, reject);
    });
  }

  end(): void {
    clearTimeout(this.timer);
    this.signal.removeEventListener('abort', this.onAbort);
  }
}
