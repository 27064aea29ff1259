import type { ServerResponse } from 'node:http';

export function json(response: ServerResponse, status: number, body: unknown) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

export function refuse(response: ServerResponse, status: number, code: string, message: string) {
  json(response, status, { error: { code, message, requestId: 'test' } });
}
