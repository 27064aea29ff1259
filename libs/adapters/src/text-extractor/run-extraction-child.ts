import { ExtractionError, type ExtractedText, type ExtractionErrorCode } from '@docent/ports';
import type { ExtractionJob, ExtractionReply, HelpMessage } from './messages';
import { extractText, lookAtStart } from './extract-text';
import type { PackedLines } from './pack-lines';

/**
 * The whole life of a reading process: takes one file at a time over the channel to its parent, answers with text or with
 * the reason why there is none, ends when the parent goes away. Call it once, in a process of its own.
 */
export function runExtractionChild(): void {
  closeTheWayOut();
  process.on('message', hear);
  process.on('disconnect', () => process.exit(0));
  send({ type: 'ready' });
}

/** Who waits for the half that another process reads, by job. */
const helped = new Map<number, (lines: PackedLines | null) => void>();

function hear(message: ExtractionJob | HelpMessage): void {
  if (message.type !== 'half') return void answer(message);
  helped.get(message.id)?.(message.lines);
  helped.delete(message.id);
}

async function answer(job: ExtractionJob): Promise<void> {
  try {
    send(await work(job));
  } catch (error) {
    send({ type: 'error', id: job.id, ...describe(error) });
  }
}

async function work(job: ExtractionJob): Promise<ExtractionReply> {
  const { id, content } = job;
  if (job.type === 'readHalf') return { type: 'half', id, lines: await (await import('./read-pdf')).readLaterHalf(content) };
  if (job.type === 'look') {
    const text = await lookAtStart(content, job.fileName);
    return text ? { type: 'same', id, text } : { type: 'unsure', id };
  }
  const help = job.isHelped ? new Promise<PackedLines | null>((resolve) => helped.set(id, resolve)) : undefined;
  const text = await extractText(content, job.fileName, job.maxOutputCharacters, help);
  return isFileItself(content, text) ? { type: 'same', id, text: { ...text, text: '' } } : { type: 'text', id, text };
}

/** Plain text in UTF-8 that needed no cleaning, as most is. */
function isFileItself(content: Uint8Array, { mediaType, text }: ExtractedText): boolean {
  return (mediaType === 'text/plain' || mediaType === 'text/markdown') && new TextDecoder().decode(content) === text;
}

/** Parsers throw all kinds of things at broken files; only our own words go on. */
function describe(error: unknown): { code: ExtractionErrorCode; message: string } {
  if (error instanceof ExtractionError) return { code: error.code, message: error.message };
  if (error instanceof RangeError)
    return { code: 'file_too_complex', message: 'The file is nested too deeply or is too large to read.' };
  return { code: 'file_broken', message: 'The file is damaged or incomplete.' };
}

function send(reply: ExtractionReply): void {
  process.send?.(reply);
}

/** Nothing that reads a file has a reason to talk to the network. */
function closeTheWayOut(): void {
  for (const name of ['fetch', 'WebSocket', 'EventSource']) Reflect.deleteProperty(globalThis, name);
}
