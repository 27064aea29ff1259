import { createServer, connect, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** What happens to one connection. `after`: so many bytes that the server has sent, or, of `cutRequest`, the client. */
export type Fault =
  | { kind: 'none' }
  /** Closed at once, without a byte. */
  | { kind: 'refuse' }
  | { kind: 'cut'; after: number }
  | { kind: 'cutRequest'; after: number }
  /** Nothing moves for so long, then everything goes on. */
  | { kind: 'stall'; after: number; forMs: number }
  /** A few bytes at a time, for so many bytes; then everything goes on. */
  | { kind: 'drip'; after: number; bytes: number; everyMs: number; forBytes: number }
  /** Neither side hears anything any more, and neither is told. The proxy lets go after `forMs`. */
  | { kind: 'halfOpen'; after: number; forMs: number };

export interface FaultProxyOptions {
  /** Decides about each new connection. */
  fault: () => Fault;
  /** Where this connection goes: a port on this machine, or null where nobody is there. */
  upstream: () => number | null;
}

/** A TCP proxy that breaks connections as it is told: what it does to bytes, it does at an exact offset. */
export class FaultProxy {
  readonly counts: Record<Fault['kind'] | 'nobody', number> = { none: 0, refuse: 0, cut: 0, cutRequest: 0, stall: 0, drip: 0, halfOpen: 0, nobody: 0 };
  private readonly open = new Set<Socket>();
  private readonly server: Server;

  private constructor(private readonly options: FaultProxyOptions) {
    this.server = createServer({ noDelay: true }, (client) => this.accept(client));
  }

  static async start(options: FaultProxyOptions): Promise<FaultProxy> {
    const proxy = new FaultProxy(options);
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Ends every connection at this moment, as a tunnel does. */
  cutAll(): void {
    for (const socket of this.open) socket.resetAndDestroy();
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.cutAll();
    await closed;
  }

  private accept(client: Socket): void {
    const fault = this.options.fault();
    this.counts[fault.kind]++;
    this.keep(client);
    if (fault.kind === 'refuse') return void client.resetAndDestroy();
    const port = this.options.upstream();
    if (port === null) {
      this.counts.nobody++;
      return void client.resetAndDestroy();
    }
    const server = connect({ port, host: '127.0.0.1', noDelay: true });
    this.keep(server);
    const end = () => {
      client.destroySoon();
      server.destroySoon();
    };
    const reset = () => {
      client.resetAndDestroy();
      server.destroy();
    };
    for (const socket of [client, server]) socket.on('close', end).on('error', end);
    const line = { isSilent: false };
    pass(client, server, fault.kind === 'cutRequest' ? { kind: 'cut', after: fault.after } : { kind: 'none' }, line, reset);
    pass(server, client, fault.kind === 'cutRequest' ? { kind: 'none' } : fault, line, reset);
  }

  private keep(socket: Socket): void {
    this.open.add(socket);
    socket.on('close', () => this.open.delete(socket)).on('error', () => undefined);
  }
}

/** Passes bytes on, and does the fault when its offset is reached. */
function pass(from: Socket, to: Socket, fault: Fault, line: { isSilent: boolean }, reset: () => void): void {
  let seen = 0;
  let isDone = false;
  let dripped = 0;
  const dripOn = (piece: Buffer, how: Extract<Fault, { kind: 'drip' }>) => {
    const slow = piece.subarray(0, Math.max(0, how.forBytes - dripped));
    dripped += piece.length;
    return drip(from, to, slow, piece.subarray(slow.length), how);
  };
  const at = 'after' in fault ? fault.after : Infinity;
  from.on('data', (piece: Buffer) => {
    if (line.isSilent) return;
    const before = seen;
    seen += piece.length;
    if (seen < at || fault.kind === 'none' || fault.kind === 'refuse' || fault.kind === 'cutRequest') return write(from, to, piece);
    if (isDone) return fault.kind === 'drip' && dripped < fault.forBytes ? void dripOn(piece, fault) : write(from, to, piece);
    isDone = true;
    const [head, tail] = [piece.subarray(0, at - before), piece.subarray(at - before)];
    if (fault.kind === 'cut') return cut(from, to, head);
    if (head.length > 0) to.write(head);
    if (fault.kind === 'drip') return void dripOn(tail, fault);
    line.isSilent = fault.kind === 'halfOpen';
    if (fault.kind === 'stall') from.pause();
    const timer = setTimeout(() => {
      if (fault.kind === 'halfOpen') return reset();
      to.write(tail);
      from.resume();
    }, fault.forMs);
    from.once('close', () => clearTimeout(timer));
  });
}

/** What came before the offset still arrives; then the connection is gone, for both sides. */
function cut(from: Socket, to: Socket, head: Buffer): void {
  to.write(head);
  to.destroySoon();
  from.removeAllListeners('data');
}

function write(from: Socket, to: Socket, piece: Buffer): void {
  if (to.write(piece)) return;
  from.pause();
  to.once('drain', () => from.resume());
}

async function drip(from: Socket, to: Socket, piece: Buffer, rest: Buffer, { bytes, everyMs }: Extract<Fault, { kind: 'drip' }>): Promise<void> {
  from.pause();
  for (let at = 0; at < piece.length && !to.destroyed; at += bytes) {
    to.write(piece.subarray(at, at + bytes));
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  if (rest.length > 0) to.write(rest);
  from.resume();
}
