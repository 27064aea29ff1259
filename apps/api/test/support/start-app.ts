import 'reflect-metadata';
import { rm } from 'node:fs/promises';
import { inject } from 'vitest';
import { readConfig } from '@docent/platform';
import { ownPort } from '@docent/scripted-model';
import { startProduct, type RunningProduct } from '../../src/start-product';
import { aCopyOf, aDataFolder } from './data-folder';

export interface StartedApp {
  url: string;
  dataDir: string;
  product: RunningProduct;
  close(): Promise<void>;
}

/**
 * The real product on a free port with a PostgreSQL of its own in a temporary folder; both are gone after `close`. Its database is a copy
 * of one that was made for all (`prepared-data.ts`), except where a data folder or a database is given.
 */
export async function startApp(environment: Record<string, string> = {}): Promise<StartedApp> {
  const dataDir = environment.DATA_DIR ?? (await aFolderFor(environment));
  const port = await ownPort();
  const config = readConfig({ PORT: String(port), DATA_DIR: dataDir, DEMO: 'false', LOG_LEVEL: 'silent', ...environment });
  const product = await startProduct(config);
  return {
    url: config.publicUrl,
    dataDir,
    product,
    close: async () => {
      await product.close();
      if (!environment.DATA_DIR) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function aFolderFor({ DATABASE_URL }: Record<string, string>): Promise<string> {
  const prepared = inject('preparedData');
  return prepared && !DATABASE_URL ? aCopyOf(prepared) : aDataFolder();
}
