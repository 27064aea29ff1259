type Listener = (() => void) | { handleEvent(): void };

/** What an `AbortSignal` says and no more: whether somebody has left, and when they do. */
export interface Leaving {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: Listener): void;
  removeEventListener(type: 'abort', listener: Listener): void;
}

const nobody: Listener[] = [];

/** The same in a tenth of an `AbortController`'s memory: thousands of readers have one each. */
export class Gone implements Leaving {
  aborted = false;
  private listeners = nobody;

  /** Once; later calls do nothing. */
  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    const { listeners } = this;
    this.listeners = nobody;
    for (const listener of listeners) {
      if (typeof listener === 'function') listener();
      else listener.handleEvent();
    }
  }

  addEventListener(_type: 'abort', listener: Listener): void {
    this.listeners = this.listeners === nobody ? [listener] : this.listeners.concat(listener);
  }

  removeEventListener(_type: 'abort', listener: Listener): void {
    this.listeners = this.listeners.filter((known) => known !== listener);
  }
}
