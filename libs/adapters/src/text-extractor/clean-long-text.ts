import { setImmediate as turn } from 'node:timers/promises';
import { cleanText } from './text-builder';

const sliceLength = 1 << 20;

/** As {@link cleanText} does it, in slices of a few milliseconds that leave the event loop to others in between. */
export async function cleanLongText(text: string): Promise<string> {
  const slices: string[] = [];
  let isChanged = false;
  for (let start = 0; start < text.length;) {
    const end = endOfSlice(text, start);
    const slice = text.slice(start, end);
    const clean = cleanText(slice);
    isChanged ||= clean !== slice;
    slices.push(clean);
    start = end;
    if (start < text.length) await turn();
  }
  return isChanged ? slices.join('') : text;
}

/** Behind a line feed, where neither a line end of two characters nor a character of two units is torn. */
function endOfSlice(text: string, start: number): number {
  const lineFeed = text.indexOf('\n', start + sliceLength);
  return lineFeed === -1 ? text.length : lineFeed + 1;
}
