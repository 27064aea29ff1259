import { benchEmbedder } from './embedder';

await benchEmbedder({ quick: process.argv.includes('--quick'), print: (line) => void process.stdout.write(`${line}\n`) });
