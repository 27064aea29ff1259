import { ExtractionError, type ExtractedText, type ExtractionErrorCode } from '@docent/ports';
import type { ExtractionJob, ExtractionReply } from './messages';
import { extractText } from './extract-text';

/**
 * The whole life of a reading process: takes one file at a time over the channel to its parent, answers with text or with
 * the reason why there is none, ends when the parent goes away. Call it once, in a process of its own.
 */
export function runExtractionChild(): void {
  closeTheWayOut();
  process.on('message', (job: ExtractionJob) => void answer(job));
  process.on('disconnect', () => process.exit(0));
  send({ type: 'ready' });
}

async function answer(job: ExtractionJob): Promise<void> {
  try {
    const text = await extractText(job.content, job.fileName, job.maxOutputCharacters);
    if (isFileItself(job.content, text)) send({ type: 'same', id: job.id, text: { ...text, text: '' } });
    else send({ type: 'text', id: job.id, text });
  } catch (error) {
    send({ type: 'error', id: job.id, ...describe(error) });
  }
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
