/** Work between two looks at the clock, and what the event loop may be held for. */
const sliceMs = 4;
/** Who waits longer than this for its turn is not alone. */
const quietMs = 1;
/** Where others are at work, it rests so many times as long as they kept it waiting: an answer takes many turns of the loop. */
const restShare = 4;
const longestRestMs = 40;

/** Leaves the event loop to others when this work has held it long enough, and for longer where others have work to do. */
export class Pause {
  private since = performance.now();

  isDue(): boolean {
    return performance.now() - this.since > sliceMs;
  }

  async take(): Promise<void> {
    const asked = performance.now();
    await new Promise<void>((resume) => setImmediate(resume));
    const waited = performance.now() - asked;
    if (waited > quietMs) await new Promise((resume) => setTimeout(resume, Math.min(longestRestMs, waited * restShare)));
    this.since = performance.now();
  }

  async ifDue(): Promise<void> {
    if (this.isDue()) await this.take();
  }
}
