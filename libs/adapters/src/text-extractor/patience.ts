import { processorMs } from './process-memory';

/** So many stretches of the clock in which a process hardly worked, and so many in all. */
const mostIdle = 4;
const mostStretches = 20;
const idleShare = 0.01;

/**
 * How long a process may work at one file: `timeoutMs` of processor time. One that does not get the processor is not slow, but one that
 * waits for something that never comes is: four times that long without work, or twenty times in all, is enough. Where processor time cannot
 * be told, the clock alone counts. It is asked every `timeoutMs`.
 */
export class Patience {
  private readonly usedBefore: number | null;
  private usedLast: number;
  private idle = 0;
  private stretches = 0;

  constructor(
    private readonly pid: number,
    private readonly timeoutMs: number,
    private readonly read = processorMs,
  ) {
    this.usedBefore = read(pid);
    this.usedLast = this.usedBefore ?? 0;
  }

  /** Whether it may go on for another stretch. */
  isLeft(): boolean {
    const used = this.read(this.pid);
    if (used === null || this.usedBefore === null) return false;
    this.stretches += 1;
    if (used - this.usedLast < this.timeoutMs * idleShare) this.idle += 1;
    this.usedLast = used;
    return used - this.usedBefore < this.timeoutMs && this.idle < mostIdle && this.stretches < mostStretches;
  }
}
