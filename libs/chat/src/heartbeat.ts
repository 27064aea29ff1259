const everySeconds = 15;

/**
 * One timer for all open streams. Each is served every 15 s, a fifteenth of them each second: thousands of streams neither
 * cost a timer each nor beat all at once.
 */
export class Heartbeat {
  private readonly groups = Array.from({ length: everySeconds }, () => new Set<() => void>());
  private at = 0;
  private count = 0;
  private timer: NodeJS.Timeout | null = null;

  /** Calls `beat` every 15 s until the returned function is called. */
  add(beat: () => void): () => void {
    const group = this.groups[this.at]!;
    group.add(beat);
    this.count += 1;
    this.timer ??= setInterval(() => this.tick(), 1000).unref();
    return () => {
      if (!group.delete(beat)) return;
      this.count -= 1;
      if (this.count > 0 || !this.timer) return;
      clearInterval(this.timer);
      this.timer = null;
    };
  }

  private tick(): void {
    this.at = (this.at + 1) % everySeconds;
    for (const beat of this.groups[this.at]!) beat();
  }
}

/** Of this process. */
export const heartbeat = new Heartbeat();
