/** Work between two looks at the clock, and what the event loop may be held for. */
const sliceMs = 4;

/** Leaves the event loop to others when this work has held it long enough. */
export class Pause {
  private since = performance.now();

  async ifDue(): Promise<void> {
    if (performance.now() - this.since < sliceMs) return;
    await new Promise<void>((resume) => setImmediate(resume));
    this.since = performance.now();
  }
}
