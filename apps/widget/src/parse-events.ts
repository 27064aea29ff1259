export interface ServerEvent {
  /** Sequence number of the entry in the conversation's log. */
  seq: number;
  type: string;
  data: string;
}

/**
 * Reads server-sent events (HTML Living Standard, 9.2.6) from bytes cut anywhere: inside a character, between CR and LF,
 * inside a field. Comments are skipped; an event counts when its empty line has arrived.
 */
export function createEventParser(onEvent: (event: ServerEvent) => void): (bytes: Uint8Array) => void {
  const decoder = new TextDecoder();
  let rest = '';
  let type = '';
  let data: string[] = [];
  let seq = 0;
  return (bytes) => {
    // A CR at the very end may be half of a CRLF: it waits for the next byte.
    const lines = (rest + decoder.decode(bytes, { stream: true })).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop()!;
    for (const line of lines) {
      const [, field, value] = /^([^:]*):? ?(.*)$/.exec(line)!;
      if (field === 'event') type = value!;
      if (field === 'id') seq = +value!;
      if (field === 'data') data.push(value!);
      if (line) continue;
      if (data.length) onEvent({ seq, type, data: data.join('\n') });
      type = '';
      data = [];
    }
  };
}
