import { defineConfig } from 'vite';

/** The server's entries, bundled from source; packages stay outside. Decorators keep their types for dependency injection. */
export default defineConfig({
  root: import.meta.dirname,
  resolve: { tsconfigPaths: true },
  build: {
    ssr: true,
    outDir: '../../dist/api',
    emptyOutDir: true,
    target: 'node24',
    sourcemap: true,
    rolldownOptions: {
      input: { main: 'src/main.ts', 'extract-worker': 'src/extract-worker.ts', eval: 'src/eval.ts', bench: 'src/bench.ts', cluster: 'src/cluster.ts' },
      output: { entryFileNames: '[name].mjs', chunkFileNames: 'chunks/[name]-[hash].mjs' },
    },
  },
});
