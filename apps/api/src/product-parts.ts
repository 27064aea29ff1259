import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the pieces of the product lie: beside the built server, or in the working copy. */
export interface ProductParts {
  root: string;
  migrations: string;
  docs: string;
  console: string;
  widget: string;
  docsSite: string;
  /** Undefined in a working copy without a build: the extractor then builds its process from source. */
  extractWorker: string | undefined;
}

/** Looks upwards for the folder that holds `prisma/migrations`. */
export function findProductParts(): ProductParts {
  let root = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(root, 'prisma/migrations')) && root !== dirname(root)) root = dirname(root);
  const extractWorker = join(root, 'dist/api/extract-worker.mjs');
  return {
    root,
    migrations: join(root, 'prisma/migrations'),
    docs: join(root, 'docs'),
    console: join(root, 'dist/console'),
    widget: join(root, 'dist/widget'),
    docsSite: join(root, 'dist/docs'),
    extractWorker: existsSync(extractWorker) ? extractWorker : undefined,
  };
}
