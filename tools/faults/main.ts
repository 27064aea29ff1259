import { resolve } from 'node:path';
import { readCampaignOptions } from './campaign-options';
import { runCampaign } from './run-campaign';

/** `npm run faults -- --messages N --kills K --seed S [--processes P] [--redis]`: ends with 1 where a promise was broken. */
// Ctrl-C ends a campaign early, with the figures up to there; the second time it does not wait.
const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => (ending.signal.aborted ? process.exit(130) : ending.abort()));
const report = await runCampaign({
  ...readCampaignOptions(process.argv.slice(2)),
  // Another build than the present one, where a long campaign shall not be disturbed by the next.
  mainFile: resolve(process.env['DOCENT_MAIN'] ?? 'dist/api/main.mjs'),
  signal: ending.signal,
  print: (line) => void process.stdout.write(`${line}\n`),
});
process.exit(report.violations.length > 0 ? 1 : 0);
