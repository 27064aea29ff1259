import { rm } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { loadInstallationKey, openDatabase } from '@docent/platform';
import { startEmbeddedPostgres } from '../../src/embedded-postgres';
import { findProductParts } from '../../src/product-parts';
import { aDataFolder } from './data-folder';

declare module 'vitest' {
  interface ProvidedContext {
    /** A data folder as the product leaves it after its first start, with no tenant in it; empty where it can't be copied. */
    preparedData: string;
  }
}

/** Makes the database of an empty product once for all API tests: each would take a second of processor time for its own. */
export default async function prepareData({ provide }: TestProject): Promise<() => Promise<void>> {
  const dataDir = await aDataFolder();
  const key = await loadInstallationKey(undefined, dataDir);
  const { adminUrl, files, stop } = await startEmbeddedPostgres(dataDir);
  await openDatabase({ adminUrl, embeddedKey: key.derive('embedded postgres'), migrationsFolder: findProductParts().migrations });
  await stop();
  provide('preparedData', files.startsWith(dataDir) && process.platform !== 'win32' ? dataDir : '');
  return () => rm(dataDir, { recursive: true, force: true });
}
