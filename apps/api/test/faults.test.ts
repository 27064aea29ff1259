import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { findRedisServer } from '../../../tools/cluster/redis-server';
import { runCampaign } from '../../../tools/faults/run-campaign';

const mainFile = resolve('dist/api/main.mjs');

/** The long one is `npm run faults -- --messages 100000 --kills 1000`. */
it('loses, doubles and disorders nothing while its processes are killed and its connections broken', async () => {
  if (!existsSync(mainFile)) throw new Error('The server is not built: npm run build');
  const said: string[] = [];
  const report = await runCampaign({ mainFile, messages: 250, kills: 5, seed: 7, processes: 2, visitors: 16, wordDelayMs: 10, redis: false, print: (line) => said.push(line) });
  expect(report.violations, said.join('\n')).toEqual([]);
  expect(report.messages).toBeGreaterThanOrEqual(250);
  // A campaign that hit nothing has shown nothing.
  expect(report.silences, said.join('\n')).not.toHaveLength(0);
  expect(report.handOvers, said.join('\n')).toBeGreaterThan(0);
}, 600_000);

/** The same at length: `npm run faults -- --redis`. That CI has a Redis is demanded by the tests of the cluster. */
it.skipIf(!findRedisServer())('loses, doubles and disorders nothing either where its processes meet in Redis, and that is killed too', async () => {
  const said: string[] = [];
  const report = await runCampaign({ mainFile, messages: 60, kills: 2, seed: 11, processes: 2, visitors: 12, wordDelayMs: 10, redis: true, print: (line) => said.push(line) });
  expect(report.violations, said.join('\n')).toEqual([]);
  expect(said.join('\n')).toContain('Redis killed 1 times');
  expect(report.messages).toBeGreaterThanOrEqual(60);
}, 600_000);
