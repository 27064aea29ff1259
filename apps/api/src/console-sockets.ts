import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Server, ServerOptions } from 'socket.io';

/** Sockets only listen, so what they may send is kept tiny. */
const maxMessageBytes = 10_000;

/** socket.io with our limits; who may connect is decided by the gateway before the connection stands. */
export class ConsoleSockets extends IoAdapter {
  constructor(app: INestApplicationContext) {
    super(app);
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    return super.createIOServer(port, { ...options, maxHttpBufferSize: maxMessageBytes, serveClient: false, pingInterval: 20_000, pingTimeout: 20_000, connectTimeout: 10_000 } as ServerOptions) as Server;
  }

  /** socket.io waits for every connection of the HTTP server; open event streams would keep it for ever, so they are cut first. */
  override async close(server: Server): Promise<void> {
    (this.httpServer as { closeAllConnections(): void }).closeAllConnections();
    await super.close(server);
  }
}
