/** The `data` of each server-sent event of a response, as it arrives. An unfinished event at the end is dropped, as the standard says. */
export async function* readEventData(response: Response): AsyncGenerator<string> {
  if (!response.body) return;
  const decoder = new TextDecoder();
  let pending = '';
  for await (const bytes of response.body) {
    pending += decoder.decode(bytes as Uint8Array, { stream: true }).replaceAll('\r\n', '\n');
    for (let end = pending.indexOf('\n\n'); end >= 0; end = pending.indexOf('\n\n')) {
      const data = dataOf(pending.slice(0, end));
      pending = pending.slice(end + 2);
      if (data) yield data;
    }
  }
}

/** The `data` lines of one event, joined. */
export function dataOf(block: string): string {
  return block
    .split('\n')
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice(5).trimStart())
    .join('\n');
}
