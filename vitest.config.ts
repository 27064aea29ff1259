import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/**
 * Files run side by side: much of a test is waiting (a lease that ends, a model that falls silent), and each file has a server,
 * a database and ports of its own. Left to itself, the runner leaves one processor out, which is half of a small machine.
 * A product with its database takes half a gigabyte: no more than four at a time.
 */
const maxWorkers = Math.min(4, Math.max(2, availableParallelism()));

/** Four suites, one command each: `vitest run --project unit|api|widget|e2e`. Servers are real; nothing asserts a time. */
export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    maxWorkers,
    // What comes about by itself is waited for as long as on a machine that is several times slower.
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'unit', include: ['libs/**/*.spec.ts', 'apps/api/src/**/*.spec.ts', 'tools/**/*.spec.ts', 'apps/console/src/**/*.spec.ts'], environment: 'node' } },
      { extends: true, test: { name: 'widget', include: ['apps/widget/**/*.spec.{ts,tsx}'], environment: 'node' } },
      { extends: true, test: { name: 'api', include: ['apps/api/test/**/*.test.ts'], globalSetup: 'apps/api/test/support/prepared-data.ts', testTimeout: 120_000, hookTimeout: 180_000 } },
      // A loaded machine may draw a page later than a journey looks: one more look, and the report says so.
      { extends: true, test: { name: 'e2e', include: ['apps/e2e/src/**/*.test.ts'], retry: 1, testTimeout: 180_000, hookTimeout: 180_000 } },
    ],
  },
});
