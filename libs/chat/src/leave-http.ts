import { createRequire } from 'node:module';
import type { Socket } from 'node:net';
import type { FastifyReply } from '@docent/platform';

/** Node's own, as the framework brings it. */
export type Response = FastifyReply['raw'];

/** What Node's server itself calls when a connection is handed over (`Upgrade`); it has no public name. */
type FreeParser = (parser: unknown, request: Response['req'], socket: Socket) => void;

const freeParser = findFreeParser();

/**
 * Takes the connection of a response whose head is sent out of the HTTP server's hands, as the server does for an upgrade: parser, request
 * and response can be freed, which is three quarters of what an idle stream costs. Whoever waits for the response is told that it is over;
 * the server no longer knows the connection and does not close it. Null where that can't be done: the response goes on as it is.
 */
export function leaveHttp(response: Response): Socket | null {
  const { socket, req } = response;
  const parser = socket && (socket as { parser?: unknown }).parser;
  if (!freeParser || !socket || !parser || socket.destroyed || response.writableLength > 0) return null;
  socket.removeAllListeners();
  socket.setTimeout(0);
  tellThatItIsOver(response);
  response.detachSocket(socket);
  freeParser(parser, req, socket);
  socket.on('error', ignore).on('end', endToo).resume();
  return socket;
}

/** All but the server's own first listener, which would take the connection for the next request. */
function tellThatItIsOver(response: Response): void {
  const [own] = response.listeners('finish');
  if (own) response.off('finish', own as () => void);
  response.emit('finish');
  response.emit('close');
}

/** A broken connection is heard of when it closes. */
function ignore(): void {}

function endToo(this: Socket): void {
  this.end();
}

function findFreeParser(): FreeParser | null {
  try {
    const found = (createRequire(import.meta.url)('_http_common') as { freeParser?: FreeParser }).freeParser;
    return typeof found === 'function' ? found : null;
  } catch {
    return null;
  }
}
