import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccountService } from '@docent/auth';
import { readConfig, systemContext, type TenantContext } from '@docent/platform';
import { startProduct, type RunningProduct } from './start-product';
import { freePort } from './free-port';

export interface ThrowAwayProduct {
  product: RunningProduct;
  url: string;
  /** A fresh workspace to measure in. */
  ctx: TenantContext;
  close(): Promise<void>;
}

/** The whole product with a database of its own in a temporary folder, for measuring; nothing remains. */
export async function startThrowAwayProduct(environment: Record<string, string> = {}): Promise<ThrowAwayProduct> {
  const dataDir = await mkdtemp(join(tmpdir(), 'docent-measure-'));
  // As root the database runs as another user: where that user can't enter, its files would lie elsewhere and remain.
  await chmod(dataDir, 0o755);
  const config = readConfig({ PORT: String(await freePort()), DATA_DIR: dataDir, DEMO: 'false', LOG_LEVEL: 'error', ...environment });
  const product = await startProduct(config);
  const { tenantId } = await product.app.get(AccountService, { strict: false }).createOwner({ email: 'measure@example.com', password: 'a quiet lighthouse at noon', name: 'Measure', workspaceName: 'Measure' });
  return {
    product,
    url: config.publicUrl,
    ctx: systemContext(tenantId, 'measure'),
    close: async () => {
      await product.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
