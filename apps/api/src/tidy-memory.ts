import { performance, type EventLoopUtilization } from 'node:perf_hooks';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const lookEveryMs = 5000;
/** Share of the time in which the event loop had something to do: above, memory is not what matters. */
const quietBelow = 0.2;
/** What may lie about: with less, nothing is gained; the young generation takes so much by itself. */
const untidyBytes = 64 * 1024 * 1024;

/** What is looked at, and done. */
export interface Memory {
  /** Taken from the system for objects, living or not. */
  takenBytes(): number;
  /** Since it was asked last, 0 to 1. */
  busyShare(): number;
  collect(): void;
}

/**
 * Collects garbage in a quiet moment. V8 collects when memory is asked for, so a process in which a rush has ended keeps what the rush has left:
 * 140 MB after eight thousand readers have come, more than they take themselves. Returns what ends it.
 */
export function tidyMemory(memory: Memory = new OwnMemory()): () => void {
  const timer = setInterval(lookAfter(memory), lookEveryMs).unref();
  return () => clearInterval(timer);
}

/** One look: collects where the process is quiet and has taken much since it was tidy. */
export function lookAfter(memory: Memory): () => void {
  let tidyBytes = 0;
  return () => {
    if (memory.busyShare() >= quietBelow || memory.takenBytes() < tidyBytes + untidyBytes) return;
    memory.collect();
    tidyBytes = memory.takenBytes();
  };
}

class OwnMemory implements Memory {
  private last: EventLoopUtilization = performance.eventLoopUtilization();

  takenBytes(): number {
    return getHeapStatistics().total_heap_size;
  }

  busyShare(): number {
    const before = this.last;
    this.last = performance.eventLoopUtilization();
    return performance.eventLoopUtilization(this.last, before).utilization;
  }

  /** The function has no name where the process was not started with one: a context of its own has it. */
  collect(): void {
    setFlagsFromString('--expose-gc');
    (runInNewContext('globalThis.gc') as (() => void) | undefined)?.();
    setFlagsFromString('--no-expose-gc');
  }
}
