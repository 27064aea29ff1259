import { watchFile } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** The last file that a build of the widget writes, after it has emptied its folder: it is looked at, because whoever watches it loses it then. */
const loader = join(import.meta.dirname, '../../dist/widget/widget.js');
const lookEveryMs = 500;
const reloadingHead = '<head><script type="module" src="/@vite/client"></script>';

/**
 * For development: the demo page under this server's own address, and every open page is loaded again when the widget was built anew. The
 * demo page's strict policy stays behind, because what loads it again is a script of this server.
 */
export function liveWidget(backend: string): Plugin {
  return {
    name: 'live-widget',
    apply: 'serve',
    configureServer({ ws, middlewares }) {
      watchFile(loader, { interval: lookEveryMs, persistent: false }, ({ mtimeMs }) => {
        if (mtimeMs > 0) ws.send({ type: 'full-reload' });
      });
      middlewares.use((request, response, next) => {
        const { pathname, search } = new URL(request.url ?? '/', backend);
        if (pathname !== '/demo') return next();
        fetch(`${backend}/demo${search}`)
          .then((page) => page.text())
          .then((page) => response.setHeader('content-type', 'text/html; charset=utf-8').end(page.replace('<head>', reloadingHead)))
          .catch(next);
      });
    },
  };
}
