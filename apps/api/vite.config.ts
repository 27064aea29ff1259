import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
// eslint-disable-next-line @nx/enforce-module-boundaries -- a step of the build, which is read before anything can be found by name
import { leanPdfText } from '../../libs/adapters/src/text-extractor/lean-pdf-text.mjs';

const wordVectors = join(import.meta.dirname, '../../libs/embedder/model/docent-words.bin');

/** The table of word vectors lies beside the server that reads it. */
const withWordVectors: Plugin = {
  name: 'word-vectors',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'docent-words.bin', source: readFileSync(wordVectors) });
  },
};

/**
 * Packages of many small files, put into the bundle: to find and read two thousand files is most of what a start does. Only such as are
 * plain JavaScript and load nothing by a path of their own. What reads PDF files is changed on its way into the bundle.
 */
const bundled = [/^@nestjs\//, 'rxjs', 'iterare', 'uid', 'reflect-metadata', 'undici', 'zod', 'jose', /^@qdrant\//, '@opentelemetry/api', 'nodemailer', 'rate-limiter-flexible', 'unpdf'];

/** The server's entries, bundled from source; all other packages stay outside. Decorators keep their types for dependency injection. */
export default defineConfig({
  root: import.meta.dirname,
  resolve: { tsconfigPaths: true },
  plugins: [withWordVectors, leanPdfText],
  ssr: { noExternal: bundled },
  build: {
    ssr: true,
    outDir: '../../dist/api',
    emptyOutDir: true,
    target: 'node24',
    sourcemap: true,
    rolldownOptions: {
      input: { main: 'src/main.ts', 'extract-worker': 'src/extract-worker.ts', 'learning-process': 'src/learning-process.ts', 'preparing-thread': 'src/preparing-thread.ts', 'onnx-process': 'src/onnx-process.ts', eval: 'src/eval.ts', bench: 'src/bench.ts', cluster: 'src/cluster.ts' },
      output: { entryFileNames: '[name].mjs', chunkFileNames: 'chunks/[name]-[hash].mjs' },
    },
  },
});
