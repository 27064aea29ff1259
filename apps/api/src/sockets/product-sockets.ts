import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Server, ServerOptions } from 'socket.io';
import { SocketAuth } from '@docent/auth';
import { boundSending } from './bound-sending';
import { chooseAdapter, type Cluster } from './choose-adapter';
import { guardEngine } from './guard-engine';

/** A message of 4 000 characters in any script fits, and little more. */
const maxMessageBytes = 32_000;
const recoverWithinMs = 120_000;

/** socket.io with our limits, one for all processes; who may connect is decided by each gateway before the connection stands. */
export class ProductSockets extends IoAdapter {
  private server: Server | null = null;

  constructor(
    private readonly app: INestApplicationContext,
    private readonly cluster: Cluster,
  ) {
    super(app);
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    const auth = this.app.get(SocketAuth, { strict: false });
    const limits: Partial<ServerOptions> = {
      maxHttpBufferSize: maxMessageBytes,
      serveClient: false,
      pingInterval: 20_000,
      pingTimeout: 20_000,
      connectTimeout: 10_000,
      // Who they are is asked again: the session that they come back to may have ended.
      connectionStateRecovery: { maxDisconnectionDuration: recoverWithinMs, skipMiddlewares: false },
      adapter: chooseAdapter(this.cluster, (namespace, data) => auth.mayGoOn(namespace, data)) as unknown as ServerOptions['adapter'],
    };
    this.server = super.createIOServer(port, { ...options, ...limits } as ServerOptions) as Server;
    guardEngine(this.server);
    boundSending(this.server);
    return this.server;
  }

  /** Every client is told to come back after a moment of its own, then cut: it takes this for a lost line and comes back by itself. */
  sendAway(delayMs: () => number): void {
    for (const namespace of this.server?._nsps.values() ?? []) {
      for (const socket of namespace.sockets.values()) {
        // Straight to this one: by its own `emit` it would go through the other processes.
        namespace.local.to(socket.id).emit('restarting', { reconnectInMs: delayMs() });
        setImmediate(() => socket.conn.close());
      }
    }
  }

  /** socket.io waits for every connection of the HTTP server; open event streams would keep it for ever, so they are cut first. */
  override async close(server: Server): Promise<void> {
    (this.httpServer as { closeAllConnections(): void }).closeAllConnections();
    await super.close(server);
  }
}
