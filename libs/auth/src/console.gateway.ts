import type { OnModuleDestroy } from '@nestjs/common';
import { WebSocketGateway, type OnGatewayConnection, type OnGatewayInit } from '@nestjs/websockets';
import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { Change } from '@docent/contracts';
import { Signals, type TenantContext } from '@docent/platform';
import { SocketAuth } from './socket-auth';

interface SocketData {
  ctx: TenantContext;
}

interface ServerEvents {
  change: (change: Change) => void;
}

type ConsoleSocket = Socket<Record<string, never>, ServerEvents, DefaultEventsMap, SocketData>;
type ConsoleNamespace = Namespace<Record<string, never>, ServerEvents, DefaultEventsMap, SocketData>;

/**
 * Tells signed-in consoles what changed in their workspace. Sockets only listen: the server chooses their room, and nothing
 * that a client sends is handled. Whoever loses the session or the membership is disconnected when the signal comes, within
 * a second where no signal can come, and at the latest after 30 seconds.
 */
@WebSocketGateway({ namespace: '/console' })
export class ConsoleGateway implements OnGatewayInit<ConsoleNamespace>, OnGatewayConnection<ConsoleSocket>, OnModuleDestroy {
  private stopListening: (() => void)[] = [];

  constructor(
    private readonly auth: SocketAuth,
    private readonly signals: Signals,
  ) {}

  afterInit(namespace: ConsoleNamespace): void {
    namespace.use((socket, next) => {
      this.admit(socket).then(
        (isAdmitted) => next(isAdmitted ? undefined : new Error('unauthenticated')),
        () => next(new Error('unavailable')),
      );
    });
    this.stopListening = [
      // The rooms of all processes are one: the process where it happened tells them all, and what is told is kept for lines that are cut.
      this.signals.onSent('change', (tenantId, change) => namespace.to(roomOf(tenantId)).emit('change', change)),
      this.signals.on('access', (tenantId) => this.recheckAll(namespace, roomOf(tenantId))),
      // While the line was down a signal may have been missed.
      this.signals.on('resumed', () => this.recheckAll(namespace)),
      this.signals.lookAfter((isDeaf) => this.recheckAll(namespace, undefined, isDeaf)),
    ];
  }

  /** A signal that came between the middleware's look and now found no socket to check. */
  handleConnection(socket: ConsoleSocket): void {
    this.recheck(socket);
  }

  onModuleDestroy(): void {
    for (const stop of this.stopListening) stop();
  }

  private async admit(socket: ConsoleSocket): Promise<boolean> {
    const { headers, auth } = socket.handshake;
    const ctx = await this.auth.authenticate({
      cookieHeader: headers.cookie,
      originHeader: headers.origin,
      hostHeader: headers.host,
      workspaceId: auth.workspaceId,
    });
    if (!ctx || (socket.recovered && !isSame(ctx, socket.data.ctx))) return false;
    socket.data.ctx = ctx;
    await socket.join(roomOf(ctx.tenantId));
    return true;
  }

  private recheckAll(namespace: ConsoleNamespace, room?: string, isPatient = false): void {
    for (const socket of namespace.sockets.values()) {
      if (room === undefined || socket.rooms.has(room)) this.recheck(socket, isPatient);
    }
  }

  /** `isPatient`: where nobody answers, the next look asks again. */
  private recheck(socket: ConsoleSocket, isPatient = false): void {
    this.auth.recheck(socket.data.ctx).then(
      (ctx) => (ctx ? (socket.data.ctx = ctx) : socket.disconnect(true)),
      // Without an answer nobody listens on: the console connects again by itself.
      () => isPatient || socket.disconnect(true),
    );
  }
}

/** A session that goes on stays what it was: the same person in the same workspace. */
function isSame(one: TenantContext, other: TenantContext): boolean {
  return one.tenantId === other.tenantId && one.caller.kind === 'member' && other.caller.kind === 'member' && one.caller.personId === other.caller.personId;
}

function roomOf(tenantId: string): string {
  return `tenant:${tenantId}`;
}
