import { setImmediate as yieldToOthers } from 'node:timers/promises';

const sliceMs = 4;

/** Cuts long work into slices between which everybody else has their turn. */
export class TimeSlices {
  private until = performance.now() + sliceMs;

  /** To be awaited between small steps: returns at once until the slice is used up. */
  async breathe(): Promise<void> {
    if (performance.now() < this.until) return;
    await yieldToOthers();
    this.until = performance.now() + sliceMs;
  }
}
