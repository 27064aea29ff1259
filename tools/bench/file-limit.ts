import { readFileSync } from 'node:fs';

const kept = 300;

/** How many connections one process may hold here, besides what it needs itself. */
export function connectionsPossible(): number {
  const limit = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
  return limit === undefined ? 1000 : Number(limit) - kept;
}

/** As many as wanted, or fewer with a word about it: each connection is an open file, here and in the product. */
export function fitToFileLimit(wanted: number, print: (line: string) => void): number {
  const possible = connectionsPossible();
  if (possible >= wanted) return wanted;
  print(`\nOnly ${possible} of ${wanted} connections: the limit of open files is too low. Raise it in the shell that starts this: ulimit -n ${wanted + kept}`);
  return possible;
}
