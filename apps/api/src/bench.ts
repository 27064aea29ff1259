import 'reflect-metadata';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { BenchOptions } from '../../../tools/bench/bench-options';
import { describeMachine } from '../../../tools/bench/print-figures';
import type { SideProcessName } from '../../../tools/bench/side-process';

/** Each loads what it needs when it runs. */
const benchmarks: Record<string, (options: BenchOptions) => Promise<void>> = {
  widget: async (options) => (await import('../../../tools/bench/widget')).benchWidget(options),
  start: async (options) => (await import('../../../tools/bench/start')).benchStart(options),
  http: async (options) => (await import('../../../tools/bench/http')).benchHttp(options),
  ingest: async (options) => {
    const [{ benchIngest }, { openStore }] = await Promise.all([import('../../../tools/bench/ingest'), import('./bench/inside-product')]);
    await benchIngest(options, openStore);
  },
  search: async (options) => {
    const [{ benchSearch }, { benchSearchOfProduct }, { openRetrieval }] = await Promise.all([
      import('../../../tools/bench/search'),
      import('../../../tools/bench/search-product'),
      import('./bench/inside-product'),
    ]);
    await benchSearch({ runs: options.quick ? 1 : 3, print: options.print });
    await benchSearchOfProduct(options, openRetrieval);
  },
  embedder: async (options) => (await import('../../../tools/bench/embedder')).benchEmbedder(options),
  conversations: async (options) => (await import('../../../tools/bench/conversations')).benchConversations(options),
  'first-token': async (options) => (await import('../../../tools/bench/first-token-product')).benchFirstTokenOfProduct(options),
  idle: async (options) => (await import('../../../tools/bench/idle')).benchIdle(options),
  streams: async (options) => (await import('../../../tools/bench/streams')).benchStreams(options),
  reconnect: async (options) => (await import('../../../tools/bench/reconnect')).benchReconnect(options),
  drops: async (options) => (await import('../../../tools/bench/drops')).benchDrops(options),
  sockets: async (options) => (await import('../../../tools/bench/sockets')).benchSockets(options),
};

const { values, positionals } = parseArgs({ allowPositionals: true, options: { quick: { type: 'boolean', default: false }, 'side-process': { type: 'string' } } });

if (values['side-process']) {
  const { runSideProcess } = await import('../../../tools/bench/side-process');
  await runSideProcess(values['side-process'] as SideProcessName, positionals[0] ?? '');
} else {
  await runBenchmarks(positionals.length > 0 ? positionals : Object.keys(benchmarks), values.quick);
}

async function runBenchmarks(names: string[], quick: boolean): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  const unknown = names.filter((name) => !(name in benchmarks));
  if (unknown.length > 0) {
    process.stderr.write(`There is no benchmark named ${unknown.join(', ')}. There are: ${Object.keys(benchmarks).join(', ')}\n`);
    process.exit(2);
  }
  const benchFile = fileURLToPath(import.meta.url);
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  for (const name of names) {
    print(`\n# ${name}: ${describeMachine()}`);
    await benchmarks[name]!({ mainFile: join(dirname(benchFile), 'main.mjs'), benchFile, quick, print });
  }
  process.exit(0);
}
