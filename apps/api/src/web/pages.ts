import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { AppError, toErrorBody } from '@docent/platform';
import type { ProductParts } from '../product-parts';
import { keepWidgetVersions, presentVersion } from './keep-widget-versions';

/** The console loads nothing from elsewhere; its component library sets styles from script, which needs the one exception. */
const consolePolicy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const pagePolicy = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** As strict as a customer's page can be: the widget has to work here. */
const demoPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/**
 * What the loader starts. A page that was open for longer than builds are kept gets them from the present build: how a loader starts them
 * never changes (`apps/widget/src/mount.ts`). All else belongs to one build, because names inside are shortened for each.
 */
const loadedFirst = ['panel.js', 'proactive.js'];
/** What an open panel loads when it is used. Where its build is gone, it gets a part that puts the present panel in its place. */
const loadedLater = ['passage.js', 'people.js', 'files.js', 'forms.js', 'more.js'];

export interface PageOptions {
  parts: ProductParts;
  /** Where the widgets of earlier builds are kept. */
  dataDir: string;
  /** The API's description as JSON. */
  openApi: string;
  /** The bot that the demo page shows; null where there is none. */
  demoBotId: () => Promise<string | null>;
}

/** Everything that is a file: console, widget, demo page, documentation. */
export async function servePages(server: FastifyInstance, { parts, dataDir, openApi, demoBotId }: PageOptions): Promise<void> {
  await server.register(fastifyStatic, { root: parts.docs, serve: false });
  const sendFile = (reply: FastifyReply, root: string, path: string, policy: string, isImmutable: boolean) => {
    void reply.header('content-security-policy', policy);
    return reply.sendFile(path, root, { cacheControl: true, maxAge: isImmutable ? '1y' : 0, immutable: isImmutable });
  };
  server.get('/openapi.json', (_request, reply) => reply.header('access-control-allow-origin', '*').type('application/json').send(openApi));
  server.get('/widget.js', (_request, reply) => sendFile(reply.header('access-control-allow-origin', '*').header('cross-origin-resource-policy', 'cross-origin'), parts.widget, 'widget.js', pagePolicy, false));
  const folderOf = await keepWidgetVersions(parts.widget, dataDir);
  const present = await presentVersion(parts.widget);
  server.get<{ Params: { version: string; file: string } }>('/widget/:version/:file', (request, reply) => {
    const { version, file } = request.params;
    // A page that was opened before a deployment asks for what it has not loaded yet.
    const folder = /^\w+$/.test(version) ? folderOf(version) : null;
    void reply.header('access-control-allow-origin', '*').header('cross-origin-resource-policy', 'cross-origin');
    const instead = folder ? null : insteadOf(file);
    if (instead && present) return reply.header('cache-control', 'no-store').redirect(`/widget/${present}/${instead}`, 302);
    return folder ? sendFile(reply, folder, file, pagePolicy, true) : reply.status(404).type('application/json').send(toErrorBody(new AppError('not_found'), request.id));
  });
  server.get<{ Querystring: { bot?: string } }>('/demo', async (request, reply) => {
    const page = await readFile(join(parts.widget, 'demo.html'), 'utf8');
    const botId = /^[0-9a-f-]{36}$/.test(request.query.bot ?? '') ? request.query.bot! : await demoBotId();
    return reply.header('content-security-policy', demoPolicy).type('text/html; charset=utf-8').send(page.replaceAll('{{botId}}', botId ?? ''));
  });
  for (const file of ['demo.css', 'demo.js']) server.get(`/${file}`, (_request, reply) => sendFile(reply, parts.widget, file, demoPolicy, false));
  server.get('/docs', (_request, reply) => sendFile(reply, parts.docsSite, 'index.html', pagePolicy, false));
  server.get<{ Params: { page: string } }>('/docs/:page', (request, reply) => {
    const { page } = request.params;
    return sendFile(reply, parts.docsSite, page.includes('.') ? page : `${page}.html`, pagePolicy, false);
  });
  serveConsole(server, parts, sendFile);
}

/** What of the present build serves a page whose own is gone; null where nothing does. */
function insteadOf(file: string): string | null {
  if (loadedFirst.includes(file) || /^[a-z]+-more\.js$/.test(file)) return file;
  return loadedLater.includes(file) ? 'renew.js' : null;
}

type SendFile = (reply: FastifyReply, root: string, path: string, policy: string, isImmutable: boolean) => FastifyReply;

/** The console is one page: every address that is nothing else is one of its views. */
function serveConsole(server: FastifyInstance, parts: ProductParts, sendFile: SendFile): void {
  server.get<{ Params: { '*': string } }>('/assets/*', (request, reply) => sendFile(reply, parts.console, join('assets', request.params['*']), consolePolicy, true));
  server.get<{ Params: { '*': string } }>('/*', (request, reply) => {
    const path = request.params['*'];
    // Programs that take anything (curl, a monitor) get the first page; of other addresses they want to hear that nothing is there.
    const isPage = path === '' || (!path.startsWith('v1/') && !path.includes('.') && (request.headers.accept ?? '').includes('text/html'));
    if (isPage) return sendFile(reply, parts.console, 'index.html', consolePolicy, false);
    if (/^[\w-]+\.\w+$/.test(path) && path !== 'index.html' && existsSync(join(parts.console, path))) return sendFile(reply, parts.console, path, consolePolicy, false);
    const refusal = new AppError('not_found');
    return reply.status(404).type('application/json').send(toErrorBody(refusal, request.id));
  });
}
