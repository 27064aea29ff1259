import { Agent, request } from 'node:http';

export interface RawAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

/**
 * Sends a path and a body exactly as given: `fetch` would tidy them first. A stream that doesn't end is left after its head.
 * `headOnly`: the body that the headers announce never comes.
 */
export function rawRequest(url: string, method: string, path: string, headers: Record<string, string>, body?: string | Buffer, headOnly = false): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request({ agent: headOnly ? false : agent, hostname, port, method, path, headers: body === undefined ? headers : { ...headers, 'content-length': String(Buffer.byteLength(body)) } }, (answer) => {
      const { statusCode: status = 0, headers: received } = answer;
      if (received['content-type']?.startsWith('text/event-stream')) {
        resolve({ status, headers: received, text: '' });
        return void sent.destroy();
      }
      let text = '';
      answer.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      answer.on('end', () => resolve({ status, headers: received, text })).on('error', reject);
      if (headOnly) answer.on('end', () => sent.destroy());
    });
    sent.on('error', reject);
    if (headOnly) sent.flushHeaders();
    else sent.end(body);
  });
}
