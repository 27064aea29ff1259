import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const tokensPerSecond = 50;

/** Now, in milliseconds, the same in every process of this machine. */
export const machineTime = () => performance.timeOrigin + performance.now();

/** An OpenAI-compatible model that says when it speaks: 50 pieces a second, each the time at which it left. Resolves with its address. */
export async function startMetronomeModel(seconds: number): Promise<string> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      let left = seconds * tokensPerSecond;
      const timer = setInterval(() => {
        left -= 1;
        if (left > 0) return void response.write(piece({ content: ` @${machineTime().toFixed(1)}` }));
        clearInterval(timer);
        response.end(`${piece({}, 'stop')}data: [DONE]\n\n`);
      }, 1000 / tokensPerSecond);
      response.on('close', () => clearInterval(timer));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function piece(delta: object, finish: string | null = null): string {
  return `data: ${JSON.stringify({ id: 'metronome', object: 'chat.completion.chunk', created: 1, model: 'metronome', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
}
