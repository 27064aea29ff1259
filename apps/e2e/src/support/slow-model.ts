import { createServer } from 'node:http';

export interface SlowModel {
  /** For the model settings: an OpenAI-compatible address. */
  baseUrl: string;
  /** What it answers, whatever it is asked; changes with every answer that is begun. */
  answers: string[];
  close(): Promise<void>;
}

const pieceEveryMs = 120;

/** A model server that speaks the OpenAI protocol and takes its time, so that something can happen in the middle of an answer. */
export async function startSlowModel(answerOf: (begun: number) => string): Promise<SlowModel> {
  const answers: string[] = [];
  const server = createServer((request, response) => {
    request.resume();
    const text = answerOf(answers.length);
    answers.push(text);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const pieces = text.match(/\S+\s*/g) ?? [];
    const timer = setInterval(() => {
      const content = pieces.shift();
      const choice = content === undefined ? { index: 0, delta: {}, finish_reason: 'stop' } : { index: 0, delta: { content }, finish_reason: null };
      response.write(`data: ${JSON.stringify({ id: 'slow', object: 'chat.completion.chunk', created: 0, model: 'slow', choices: [choice] })}\n\n`);
      if (content !== undefined) return;
      clearInterval(timer);
      response.end('data: [DONE]\n\n');
    }, pieceEveryMs);
    response.on('close', () => clearInterval(timer));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    answers,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}
