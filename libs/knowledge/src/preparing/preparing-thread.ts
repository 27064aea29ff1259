import { parentPort, type MessagePort } from 'node:worker_threads';
import type { ExtractedText } from '@docent/ports';
import { describeSource, preparePassages, type Bytes, type PassageBatch, type SourceHead } from './prepare-source';

/** What the thread is asked: one source, and the line on which the answers go. */
export interface PreparingJob {
  source: ExtractedText;
  isForIndex: boolean;
  line: MessagePort;
}

/** What comes back, in this order: the head, batches, the end. After each batch that was taken, one message goes the other way. */
export type PreparedPiece =
  | { type: 'head'; head: SourceHead }
  | { type: 'batch'; batch: PassageBatch }
  | { type: 'end' }
  | { type: 'failed'; error: unknown };

/** Batches that wait to be taken: enough for both sides to be always at work, and little memory. */
const mostBatchesAhead = 3;

/** The whole life of the thread: prepares sources until it is ended. Call it once, in a thread of its own. */
export function runPreparingThread(): void {
  parentPort?.on('message', (job: PreparingJob) => void prepare(job));
}

async function prepare({ source, isForIndex, line }: PreparingJob): Promise<void> {
  const taker = new Taker(line);
  const send = (piece: PreparedPiece, moved: Bytes[] = []): void => line.postMessage(piece, moved.map((bytes) => bytes.buffer));
  try {
    const head = describeSource(source);
    const { language } = head;
    send({ type: 'head', head }, [head.text]);
    for (const batch of preparePassages(source, language, isForIndex)) {
      send({ type: 'batch', batch }, bytesOf(batch));
      if (!(await taker.hasRoom())) return;
    }
    send({ type: 'end' });
  } catch (error) {
    send({ type: 'failed', error });
  }
}

function bytesOf({ columns, words }: PassageBatch): Bytes[] {
  const numbers = words ? [words.numbers, words.ends].map(({ buffer }) => new Uint8Array(buffer)) : [];
  return [...columns, ...numbers];
}

/** Whoever takes the batches, as far as it is known here. */
class Taker {
  private ahead = 0;
  private isGone = false;
  private heard = (): void => undefined;

  constructor(line: MessagePort) {
    line.on('message', () => {
      this.ahead -= 1;
      this.heard();
    });
    line.on('close', () => {
      this.isGone = true;
      this.heard();
    });
  }

  /** After each batch: until another one may follow. Says false where nobody takes any more. */
  async hasRoom(): Promise<boolean> {
    this.ahead += 1;
    // Other sources have their turn, and messages are heard.
    await new Promise<void>((resume) => setImmediate(resume));
    while (this.ahead >= mostBatchesAhead && !this.isGone) await new Promise<void>((resume) => (this.heard = resume));
    return !this.isGone;
  }
}
