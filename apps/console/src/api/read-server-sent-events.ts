export interface ServerSentEvent {
  id: string;
  event: string;
  data: string;
}

/**
 * Reads a `text/event-stream` body frame by frame (HTML standard, 9.2.6). Comments and frames without data are skipped.
 * Ends when the body does, or when nothing at all has come for `silenceMs`.
 */
export async function* readServerSentEvents(response: Response, silenceMs?: number): AsyncGenerator<ServerSentEvent> {
  if (!response.body) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let pending = '';
  try {
    for (;;) {
      const { done, value } = await readWithin(reader, silenceMs);
      if (done) return;
      const frames = (pending + value).replaceAll('\r\n', '\n').split('\n\n');
      pending = frames.pop() ?? '';
      for (const frame of frames) {
        const event = parseFrame(frame);
        if (event.data !== '') yield event;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function readWithin(reader: ReadableStreamDefaultReader<string>, silenceMs: number | undefined) {
  if (silenceMs === undefined) return reader.read();
  const timer = setTimeout(() => void reader.cancel().catch(() => undefined), silenceMs);
  try {
    return await reader.read();
  } finally {
    clearTimeout(timer);
  }
}

function parseFrame(frame: string): ServerSentEvent {
  const event: ServerSentEvent = { id: '', event: 'message', data: '' };
  const data: string[] = [];
  for (const line of frame.split('\n')) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const field = line.slice(0, colon);
    const value = line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') data.push(value);
    else if (field === 'id') event.id = value;
    else if (field === 'event') event.event = value;
  }
  return { ...event, data: data.join('\n') };
}
