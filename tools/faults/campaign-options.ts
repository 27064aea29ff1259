export interface CampaignOptions {
  /** The built server's entry. */
  mainFile: string;
  messages: number;
  kills: number;
  seed: number;
  /** Product processes on one database. */
  processes: number;
  /** Visitors at the same time. */
  visitors: number;
  /** Pause between two words of the model, so that kills find answers on their way. */
  wordDelayMs: number;
  /** The processes wake each other through a Redis, which is killed too and comes back empty. */
  redis: boolean;
  /** Aborted: no new visits, and the figures of those that were. */
  signal?: AbortSignal;
  print: (line: string) => void;
}

/** Reads `--messages N --kills K --seed S [--processes P] [--visitors V] [--redis]`. Throws on anything else. */
export function readCampaignOptions(args: string[]): Omit<CampaignOptions, 'mainFile' | 'print' | 'signal'> {
  const redis = args.includes('--redis');
  const options = { messages: 2000, kills: 20, seed: 1, processes: 2, visitors: 24, wordDelayMs: 5 };
  const names: Record<string, keyof typeof options> = { '--messages': 'messages', '--kills': 'kills', '--seed': 'seed', '--processes': 'processes', '--visitors': 'visitors', '--word-delay': 'wordDelayMs' };
  const pairs = args.filter((argument) => argument !== '--redis');
  for (let at = 0; at < pairs.length; at += 2) {
    const name = names[pairs[at]!];
    const value = Number(pairs[at + 1]);
    if (!name || !Number.isSafeInteger(value) || value < 0) throw new Error('usage: npm run faults -- --messages 100000 --kills 1000 --seed 1 [--processes 3] [--visitors 24] [--word-delay 5] [--redis]');
    options[name] = value;
  }
  return { ...options, redis };
}
