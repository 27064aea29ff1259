import { readFile } from 'node:fs/promises';
import { processTree } from './process-memory';

export interface ProcessorTime {
  /** Milliseconds, user and system. */
  server: number;
  database: number;
}

/** Linux counts in hundredths of a second. */
const tickMs = 10;

/**
 * What a product and everything that it started has worked so far. On a machine that others use as well, this says more about a change
 * than how long something took. Zero where there is no /proc.
 */
export async function processorTime(rootPid: number): Promise<ProcessorTime> {
  const time: ProcessorTime = { server: 0, database: 0 };
  for (const pid of await processTree(rootPid)) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    // The name stands in brackets and may hold anything; user and system time are the 12th and 13th field behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const spent = (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * tickMs;
    time[stat.includes('(postgres') ? 'database' : 'server'] += spent;
  }
  return time;
}

/** From one moment to another, for each of so many. */
export function timeForEach(before: ProcessorTime, after: ProcessorTime, count: number): ProcessorTime {
  return { server: (after.server - before.server) / count, database: (after.database - before.database) / count };
}
