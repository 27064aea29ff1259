import { Socket } from 'node:net';

type Done = (error?: Error | null) => void;

/**
 * A connection that sends what is written in one turn of the event loop in one piece: a transaction's statements that follow each
 * other without waiting cost one system call instead of one each.
 */
export class GatheringSocket extends Socket {
  private isGathering = false;

  override connect(...where: unknown[]): this {
    super.connect(...(where as Parameters<Socket['connect']>));
    // Node puts its own `write` onto a connection that has another one.
    Reflect.deleteProperty(this, 'write');
    return this;
  }

  override write(chunk: string | Uint8Array, encodingOrDone?: BufferEncoding | Done, done?: Done): boolean {
    this.cork();
    return typeof encodingOrDone === 'function' ? super.write(chunk, encodingOrDone) : super.write(chunk, encodingOrDone, done);
  }

  override cork(): void {
    if (this.isGathering) return;
    this.isGathering = true;
    super.cork();
    process.nextTick(() => {
      this.isGathering = false;
      super.uncork();
    });
  }

  /** The end of the turn uncorks: the driver's own, after each statement, would send too early. */
  override uncork(): void {}
}
