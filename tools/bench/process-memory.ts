import { readdir, readFile } from 'node:fs/promises';

export interface ProcessMemory {
  name: string;
  megabytes: number;
}

/**
 * Resident memory of a process and of everything that it started: the proportional share (PSS of /proc/<pid>/smaps_rollup), in
 * which a page that several processes share counts once in all. Empty where there is no such thing (other systems than Linux).
 */
export async function memoryOfTree(rootPid: number): Promise<ProcessMemory[]> {
  const found = await Promise.all((await processTree(rootPid)).map(readMemory));
  return found.filter((memory) => memory !== null);
}

/** A process and everything that it started. */
export async function processTree(rootPid: number): Promise<number[]> {
  const parents = await readParents();
  const isInTree = (pid: number): boolean => pid === rootPid || (parents.has(pid) && isInTree(parents.get(pid)!));
  return [...parents.keys()].filter(isInTree);
}

export const totalMegabytes = (processes: ProcessMemory[]) => processes.reduce((sum, { megabytes }) => sum + megabytes, 0);

async function readParents(): Promise<Map<number, number>> {
  const pids = (await readdir('/proc').catch(() => [])).map(Number).filter((pid) => pid > 1);
  const entries = await Promise.all(
    pids.map(async (pid) => {
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
      return [pid, Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0)] as const;
    }),
  );
  return new Map(entries);
}

async function readMemory(pid: number): Promise<ProcessMemory | null> {
  const [name, rollup] = await Promise.all([`/proc/${pid}/comm`, `/proc/${pid}/smaps_rollup`].map((file) => readFile(file, 'utf8').catch(() => '')));
  const kilobytes = /^Pss:\s+(\d+)/m.exec(rollup!)?.[1];
  return kilobytes === undefined ? null : { name: name!.trim(), megabytes: Number(kilobytes) / 1024 };
}
