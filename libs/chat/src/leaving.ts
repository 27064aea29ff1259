/** What an `AbortSignal` says and no more: whether somebody has left, and when they do. */
export interface Leaving {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** The same in a tenth of an `AbortController`'s memory: thousands of readers have one each. */
export class Gone implements Leaving {
  aborted = false;
  private listeners: (() => void)[] = [];

  /** Once; later calls do nothing. */
  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    const { listeners } = this;
    this.listeners = [];
    for (const listener of listeners) listener();
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.listeners.push(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.listeners = this.listeners.filter((known) => known !== listener);
  }
}
