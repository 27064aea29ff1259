import { resolve } from 'node:path';
import { readCampaignOptions } from './campaign-options';
import { runCampaign } from './run-campaign';

/** `npm run faults -- --messages N --kills K --seed S [--processes P]`: ends with 1 where a promise was broken. */
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
const report = await runCampaign({
  ...readCampaignOptions(process.argv.slice(2)),
  // Another build than the present one, where a long campaign shall not be disturbed by the next.
  mainFile: resolve(process.env['DOCENT_MAIN'] ?? 'dist/api/main.mjs'),
  print: (line) => void process.stdout.write(`${line}\n`),
});
process.exit(report.violations.length > 0 ? 1 : 0);
