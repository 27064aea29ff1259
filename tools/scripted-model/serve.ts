import { startScriptedModel } from './start-scripted-model';

/** A scripted model to try the product against: `tsx tools/scripted-model/serve.ts [port]`. */
const model = await startScriptedModel({ port: Number(process.argv[2] ?? 4010) });
process.stdout.write(`OpenAI-compatible at ${model.url}/v1, Anthropic and Google at ${model.url}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void model.close());
