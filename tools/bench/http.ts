import type { BenchOptions } from './bench-options';
import { send, type PlainRequest } from './plain-http';
import { printFigures } from './print-figures';
import { withProduct } from './product-process';
import { startSideProcess } from './side-process';
import { median } from './statistics';

const connections = 32;

/** How many small requests per second, beside Fastify with nothing on it; all behind the same client, which is part of the figure. */
export async function benchHttp({ mainFile, benchFile, quick, print }: BenchOptions): Promise<void> {
  const plain = await startSideProcess(benchFile, 'plain-fastify');
  try {
    await withProduct(mainFile, {}, async ({ baseUrl, apiKey, botId }) => {
      const targets: { what: string; request: PlainRequest; rates: number[] }[] = [
        { what: 'plain Fastify', request: { method: 'GET', url: `${plain.url}/healthz` }, rates: [] },
        { what: 'GET /healthz', request: { method: 'GET', url: `${baseUrl}/healthz` }, rates: [] },
        { what: 'GET /v1/bots/{id} with an API key (key, rate limits, row level security)', request: { method: 'GET', url: `${baseUrl}/v1/bots/${botId}`, headers: { authorization: `Bearer ${apiKey}` } }, rates: [] },
      ];
      // Runs alternate, so that a noisy machine is noisy for all; the first round warms up.
      for (let run = -1; run < (quick ? 2 : 5); run++) {
        for (const target of targets) {
          const rate = await requestsPerSecond(target.request, quick ? 500 : 1500);
          if (run >= 0) target.rates.push(rate);
        }
      }
      const yardstick = median(targets[0]!.rates);
      printFigures('http, 32 connections', targets.map(({ what, rates }) => ({ what, values: rates, unit: 'requests/s', digits: 0, beside: `${((median(rates) / yardstick) * 100).toFixed(0)} % of plain Fastify` })), print);
    });
  } finally {
    await plain.stop();
  }
}

async function requestsPerSecond(request: PlainRequest, forMs: number): Promise<number> {
  let count = 0;
  const began = performance.now();
  const until = began + forMs;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < until) {
        (await send(request)).resume();
        count++;
      }
    }),
  );
  return (count / (performance.now() - began)) * 1000;
}
