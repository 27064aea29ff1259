import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';

const pageBytes = 4096;

/**
 * Resident memory of another process in bytes: read from the kernel on Linux, asked of `ps` elsewhere. Null where it cannot be
 * told (the process is gone, or there is no `ps`); the heap limit of the process then holds alone.
 */
export async function residentBytes(pid: number): Promise<number | null> {
  if (process.platform === 'linux') return residentOnLinux(pid);
  return new Promise((resolve) => {
    execFile('ps', ['-o', 'rss=', '-p', String(pid)], (error, stdout) =>
      resolve(error ? null : Number(stdout.trim()) * 1024 || null),
    );
  });
}

/** The second figure of `statm` counts pages; reading it takes microseconds, so it is done in place. */
function residentOnLinux(pid: number): number | null {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * pageBytes;
  } catch {
    return null;
  }
}

/** Processor time of another process so far, in milliseconds; null where it cannot be told (not Linux, or the process is gone). */
export function processorMs(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // Behind the name, which may hold anything: user and system time are the 14th and 15th field (proc(5)), in ticks of 10 ms.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return null;
  }
}
