import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server as HttpServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Server } from 'socket.io';
import { Change } from '@docent/contracts';
import { makeHandlers } from './handlers';
import { matchRoute, refuse, Refusal, respond, type Context, type Handlers } from './respond';
import { Script } from './script';

const files = join(fileURLToPath(import.meta.url), '../../../../dist/console');
const mediaTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** The policy under which the console must run; the product's own server sends the same. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

export interface ScriptedServer {
  address: string;
  close(): Promise<void>;
}

/** A world of its own, with everything in it as it is at first, on the given port or on a free one. */
export async function startScriptedServer(port = 0): Promise<ScriptedServer> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const address = `http://localhost:${(server.address() as AddressInfo).port}`;
  const script = new Script(address);
  const answer = answerFrom(makeHandlers(script));
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (request.url?.startsWith('/socket.io')) return;
    answer(request, response, new URL(request.url ?? '/', address)).catch((error: unknown) => refuse(response, error));
  });
  const io = pushChanges(server, script);
  return {
    address,
    close: async () => {
      server.closeAllConnections();
      await io.close();
    },
  };
}

/** Every answer but the pushed changes. */
function answerFrom(handlers: Handlers): (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void> {
  /** Cookies given out before this moment count as expired. */
  let accessExpired = false;
  return async (request, response, url) => {
    if (url.pathname === '/script/expire-access') {
      accessExpired = true;
      return void response.end('expired');
    }
    if (!url.pathname.startsWith('/v1/')) return sendFile(url.pathname, response);
    const match = matchRoute(request.method ?? 'GET', url.pathname);
    if (!match) throw new Refusal('not_found');
    const isPublic = match.route.access.public === true;
    if (isPublic) accessExpired = false;
    else if (accessExpired || !request.headers.cookie?.includes('docent_access=yes')) throw new Refusal('unauthenticated');
    const context: Context = { workspaceId: String(request.headers['docent-workspace'] ?? ''), request, response };
    await respond(handlers, match, url.searchParams, context);
  };
}

function pushChanges(server: HttpServer, script: Script): Server {
  const io = new Server(server, { path: '/socket.io' });
  io.of('/console').on('connection', (socket) => {
    const { workspaceId } = socket.handshake.auth as { workspaceId?: string };
    if (workspaceId) void socket.join(workspaceId);
  });
  script.changes.on('change', (workspaceId: string, change: unknown) =>
    io.of('/console').to(workspaceId).emit('change', Change.parse(change)),
  );
  return io;
}

async function sendFile(path: string, response: ServerResponse): Promise<void> {
  const isPage = extname(path) === '';
  const file = isPage ? '/index.html' : normalize(path);
  const content = await readFile(join(files, file)).catch(() => undefined);
  if (!content) throw new Refusal('not_found');
  response
    .writeHead(200, {
      'content-type': mediaTypes[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    })
    .end(content);
}
