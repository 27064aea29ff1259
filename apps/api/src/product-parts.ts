import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The build puts it beside the server. */
const wordVectorsFile = 'docent-words.bin';
const learningProcessFile = 'learning-process.mjs';
const preparingThreadFile = 'preparing-thread.mjs';
const onnxProcessFile = 'onnx-process.mjs';

/** Where the pieces of the product lie: beside the built server, or in the working copy. */
export interface ProductParts {
  root: string;
  migrations: string;
  docs: string;
  console: string;
  widget: string;
  docsSite: string;
  /** The table of word vectors that meaning is found by. */
  wordVectors: string;
  /** Undefined in a working copy without a build: the extractor then builds its process from source. */
  extractWorker: string | undefined;
  /** The process that learns; undefined where the server runs from source: it is built from source then as well. */
  learningProcess: string | undefined;
  /** The thread that cuts long texts; undefined where the server runs from source: it then cuts them itself. */
  preparingThread: string | undefined;
  /** The process that holds an embedding model of a folder, under the same condition. */
  onnxProcess: string | undefined;
}

/** Looks upwards for the folder that holds `prisma/migrations`. */
export function findProductParts(): ProductParts {
  const here = dirname(fileURLToPath(import.meta.url));
  let root = here;
  while (!existsSync(join(root, 'prisma/migrations')) && root !== dirname(root)) root = dirname(root);
  const extractWorker = join(root, 'dist/api/extract-worker.mjs');
  return {
    root,
    migrations: join(root, 'prisma/migrations'),
    docs: join(root, 'docs'),
    console: join(root, 'dist/console'),
    widget: join(root, 'dist/widget'),
    docsSite: join(root, 'dist/docs'),
    wordVectors: beside(here, wordVectorsFile) ?? join(root, 'libs/embedder/model', wordVectorsFile),
    extractWorker: existsSync(extractWorker) ? extractWorker : undefined,
    learningProcess: beside(here, learningProcessFile),
    preparingThread: beside(here, preparingThreadFile),
    onnxProcess: beside(here, onnxProcessFile),
  };
}

/** A file of the build: beside the entry, or beside the folder of its chunks. */
function beside(here: string, file: string): string | undefined {
  return [here, dirname(here)].map((folder) => join(folder, file)).find((path) => existsSync(path));
}
