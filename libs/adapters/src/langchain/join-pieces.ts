interface Chunk {
  choices: [{ index: 0; delta: { content: string } }];
}

const plainKeys = new Set(['content', 'role']);

/**
 * Whole events of an OpenAI stream, with neighbours that carry nothing but text joined to one. Everything else (tools, reasoning, usage,
 * ends, comments, other line ends) stays as it came and where it was.
 */
export function joinPieces(events: string): string {
  const blocks = events.split('\n\n');
  if (blocks.length < 3 || events.includes('\r')) return events;
  const joined: string[] = [];
  let text: { chunk: Chunk; first: string; count: number } | null = null;
  const close = () => {
    if (text) joined.push(text.count === 1 ? text.first : `data: ${JSON.stringify(text.chunk)}`);
    text = null;
  };
  for (const block of blocks) {
    const chunk = readPlain(block);
    if (chunk && text) {
      text.chunk.choices[0].delta.content += chunk.choices[0].delta.content;
      text.count += 1;
      continue;
    }
    close();
    if (chunk) text = { chunk, first: block, count: 1 };
    else joined.push(block);
  }
  close();
  return joined.join('\n\n');
}

/** Null where the event is more, or something else, than a piece of text. */
function readPlain(block: string): Chunk | null {
  if (!block.startsWith('data: {') || block.includes('\n')) return null;
  let chunk: unknown;
  try {
    chunk = JSON.parse(block.slice(6));
  } catch {
    return null;
  }
  return isPlain(chunk) ? chunk : null;
}

function isPlain(chunk: unknown): chunk is Chunk {
  if (!isRecord(chunk) || chunk['usage'] || chunk['error'] || !Array.isArray(chunk['choices']) || chunk['choices'].length !== 1)
    return false;
  const choice: unknown = chunk['choices'][0];
  if (!isRecord(choice) || choice['index'] !== 0 || choice['finish_reason'] || choice['logprobs'] || !isRecord(choice['delta']))
    return false;
  const { delta } = choice;
  return typeof delta['content'] === 'string' && Object.keys(delta).every((key) => plainKeys.has(key));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
