const everySeconds = 15;

export interface Beating {
  beat(): void;
}

/**
 * One timer for all open streams. Each is served every 15 s, a fifteenth of them each second: thousands of streams neither
 * cost a timer each nor beat all at once.
 */
export class Heartbeat {
  private readonly groups = Array.from({ length: everySeconds }, () => new Set<Beating>());
  private at = 0;
  private count = 0;
  private timer: NodeJS.Timeout | null = null;

  /** Beats every 15 s until it is removed. */
  add(beating: Beating): void {
    this.groups[this.at]!.add(beating);
    this.count += 1;
    this.timer ??= setInterval(() => this.tick(), 1000).unref();
  }

  remove(beating: Beating): void {
    if (!this.groups.some((group) => group.delete(beating))) return;
    this.count -= 1;
    if (this.count > 0 || !this.timer) return;
    clearInterval(this.timer);
    this.timer = null;
  }

  private tick(): void {
    this.at = (this.at + 1) % everySeconds;
    for (const beating of this.groups[this.at]!) beating.beat();
  }
}

/** Of this process. */
export const heartbeat = new Heartbeat();
