import { createReadStream, existsSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

export const dist = join(import.meta.dirname, '../../../dist/widget');

const types: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html' };

/** Serves what the build wrote, as the product does: a module script from another origin needs the CORS header. */
export function serveDist(path: string, response: ServerResponse) {
  const file = join(dist, path);
  if (path.includes('..') || !existsSync(file) || !extname(file)) return void response.writeHead(404).end();
  response.writeHead(200, { 'content-type': types[extname(file)] ?? 'text/plain', 'access-control-allow-origin': '*' });
  createReadStream(file).pipe(response);
}

/** A customer's page on its own origin: strict policy, Trusted Types, and the given HTML. */
export async function serveHostPage(html: string, policy: string): Promise<{ origin: string; stop(): Promise<unknown> }> {
  const server = createServer((request, response) => {
    if (request.url === '/hostile.css') return void response.writeHead(200, { 'content-type': 'text/css' }).end(hostileCss);
    if (request.url !== '/') return void response.writeHead(204).end();
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy }).end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { origin: `http://localhost:${(server.address() as AddressInfo).port}`, stop };
}

/** What a careless site does to everything on its page. */
const hostileCss = `* { all: unset; font-size: 40px !important; color: lime !important; }
body *, docent-widget { opacity: .3 !important; transform: rotate(3deg) !important; }
button, docent-widget { display: none !important; }`;
