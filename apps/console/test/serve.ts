import { startScriptedServer } from './scripted-server';

/** For looking at the console by hand: runs until it is ended. */
const { address } = await startScriptedServer(Number(process.argv[2] ?? 3100));
process.stdout.write(`${address}\n`);
