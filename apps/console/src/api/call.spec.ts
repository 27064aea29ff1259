import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { routes } from '@docent/contracts';
import { ApiError } from './api-error';
import { addressOf, call } from './call';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const botId = '11111111-1111-4111-8111-111111111111';
const workspaceId = '22222222-2222-4222-8222-222222222222';

let server: Server;
let handler: Handler;
const seen: string[] = [];

beforeEach(async () => {
  seen.length = 0;
  server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    handler(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const realFetch = globalThis.fetch;
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => realFetch(new URL(path, `http://127.0.0.1:${port}`), init));
});

afterEach(async () => {
  vi.unstubAllGlobals();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe('call', () => {
  it('fills in parameters, leaves out empty query fields and names the workspace', async () => {
    let workspace: string | undefined;
    handler = (request, response) => {
      workspace = request.headers['docent-workspace'] as string;
      answer(response, 200, { items: [], nextCursor: null });
    };
    await call(routes.listSources, { params: { botId }, query: { status: 'ready', search: '' } }, { workspaceId });
    expect(seen).toEqual([`GET /v1/bots/${botId}/sources?status=ready`]);
    expect(workspace).toBe(workspaceId);
  });

  it('turns an error answer into an ApiError with code, words, details and the time to wait', async () => {
    handler = (_, response) => answer(response.setHeader('retry-after', '7'), 429, refusal('rate_limited', { limit: 20 }));
    const error = await call(routes.usage, {}, { workspaceId }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      code: 'rate_limited',
      status: 429,
      message: 'words',
      details: { limit: 20 },
      requestId: 'r1',
      retryAfterSeconds: 7,
    });
  });

  it("does not trip over an answer that is not the product's own", async () => {
    handler = (_, response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>');
    await expect(call(routes.usage, {}, { workspaceId })).rejects.toMatchObject({ code: 'internal', status: 502 });
  });

  it('reports a missing connection as such', async () => {
    handler = (request) => request.socket.destroy();
    await expect(call(routes.usage, {}, { workspaceId })).rejects.toMatchObject({ code: 'network', status: 0 });
  });
});

describe('a session whose access cookie has run out', () => {
  it('is refreshed once for all calls that notice it, and each call is repeated once', async () => {
    let isFresh = false;
    handler = (request, response) => {
      if (request.url === '/v1/auth/refresh') {
        setTimeout(() => {
          isFresh = true;
          answer(response, 200, {});
        }, 30);
      } else if (isFresh) answer(response, 200, { items: [] });
      else answer(response, 401, refusal('unauthenticated'));
    };
    await Promise.all([
      call(routes.listBots, {}, { workspaceId }),
      call(routes.listApiKeys, {}, { workspaceId }),
      call(routes.me, {}),
    ]);
    expect(seen.filter((line) => line.includes('refresh'))).toHaveLength(1);
    expect(seen.filter((line) => line === 'GET /v1/bots')).toHaveLength(2);
  });

  it('ends when the refresh is refused', async () => {
    handler = (request, response) =>
      answer(response, 401, refusal(request.url === '/v1/auth/refresh' ? 'session_expired' : 'unauthenticated'));
    await expect(call(routes.listBots, {}, { workspaceId })).rejects.toMatchObject({ code: 'session_expired' });
    expect(seen).toEqual(['GET /v1/bots', 'POST /v1/auth/refresh']);
  });

  it('is not refreshed when a sign-in is refused, nor when a password is wrong', async () => {
    handler = (_, response) => answer(response, 401, refusal('invalid_credentials'));
    await expect(call(routes.signIn, { body: { email: 'a@b.example', password: 'x' } })).rejects.toMatchObject({
      code: 'invalid_credentials',
    });
    await expect(
      call(routes.changePassword, { body: { currentPassword: 'x', newPassword: 'twelve letters' } }),
    ).rejects.toMatchObject({ code: 'invalid_credentials' });
    expect(seen).toEqual(['POST /v1/auth/sign-in', 'POST /v1/auth/password']);
  });
});

describe('addressOf', () => {
  it('escapes what is put into the path', () => {
    expect(addressOf(routes.getBot, { params: { botId: 'a/b?c' } })).toBe('/v1/bots/a%2Fb%3Fc');
  });
});

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function refusal(code: string, details?: unknown) {
  return { error: { code, message: 'words', details, requestId: 'r1' } };
}
