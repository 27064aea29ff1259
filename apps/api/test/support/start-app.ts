import 'reflect-metadata';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '@docent/platform';
import { startProduct, type RunningProduct } from '../../src/start-product';
import { freePort } from '../../src/free-port';

export interface StartedApp {
  url: string;
  dataDir: string;
  product: RunningProduct;
  close(): Promise<void>;
}

/** The real product on a free port with a PostgreSQL of its own in a temporary folder; both are gone after `close`. */
export async function startApp(environment: Record<string, string> = {}): Promise<StartedApp> {
  const dataDir = environment.DATA_DIR ?? (await aDataFolder());
  const port = await freePort();
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

/** Open for the user `postgres`, so that the database lies in it also where the tests run as root, and goes with it. */
export async function aDataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'docent-test-'));
  await chmod(folder, 0o755);
  return folder;
}
