import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { liveWidget } from './live-widget';

const backend = `http://localhost:${process.env.PORT ?? 3000}`;
const fromBackend = ['/v1', '/socket.io', '/widget', '/demo', '/docs', '/openapi.json'];

/** zod must be told to do without eval before the contracts build their first schema: within one chunk the order of imports holds. */
const groups = [{ name: 'contracts', test: /node_modules\/zod\/|libs\/contracts\/|zod-without-eval/ }];

/** The console is plain files under `dist/console`; the API process serves them. `vite dev` hands everything else to that process. */
export default defineConfig({
  plugins: [react(), liveWidget(backend)],
  resolve: { tsconfigPaths: true },
  build: {
    outDir: '../../dist/console',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  server: {
    port: 5173,
    proxy: Object.fromEntries(
      fromBackend.map((path) => [path, { target: backend, changeOrigin: false, ws: path === '/socket.io' }]),
    ),
  },
});
