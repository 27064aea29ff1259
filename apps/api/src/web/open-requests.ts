import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/** The requests that are being answered, for a process that wants to end. */
export class OpenRequests {
  private count = 0;
  private isEnding = false;

  /** Before the server listens. */
  countOn(server: FastifyInstance): void {
    server.addHook('onRequest', async (_request, reply) => {
      this.count += 1;
      reply.raw.once('close', () => (this.count -= 1));
    });
    server.addHook('onSend', async (_request, reply) => {
      // The next request of this client goes to a process that stays.
      if (this.isEnding) void reply.header('connection', 'close');
    });
  }

  /** Resolves when all are answered, and at the latest after `withinMs`. */
  async finish(withinMs: number): Promise<void> {
    this.isEnding = true;
    for (const until = Date.now() + withinMs; this.count > 0 && Date.now() < until; ) await wait(20);
  }
}
