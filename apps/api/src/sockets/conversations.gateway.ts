import { randomUUID } from 'node:crypto';
import { Inject, type OnModuleDestroy } from '@nestjs/common';
import { WebSocketGateway, type OnGatewayConnection, type OnGatewayInit } from '@nestjs/websockets';
import type { Logger } from 'pino';
import type { Namespace, Socket } from 'socket.io';
import type { z } from 'zod';
import { mayUse, SocketAuth, type SocketEntry } from '@docent/auth';
import { networkPrefix, RequestRates } from '@docent/billing';
import { ChatService, FollowConversation } from '@docent/chat';
import { routes, socketRequests, type Route, type SocketRequest } from '@docent/contracts';
import { AppError, CONFIG, LOGGER, Signals, toAppError, toErrorBody, type Config, type TenantContext } from '@docent/platform';
import { Follows } from './follows';
import { addressOf } from './address-of';

interface SocketState {
  entry: SocketEntry;
  follows: Follows;
}
type Input<R extends SocketRequest> = z.output<(typeof socketRequests)[R]>;
type Reply = (answer: unknown) => void;

/**
 * The conversation's log over socket.io, for consoles and for programs. The same reader, service and limits as over HTTP; only the edge
 * is another. Who they are is asked before the connection stands, with everything that they ask for, and when their access changes.
 */
@WebSocketGateway({ namespace: '/conversations' })
export class ConversationsGateway implements OnGatewayInit<Namespace>, OnGatewayConnection<Socket>, OnModuleDestroy {
  /** Not in `socket.data`, which is stored for lines that are cut. */
  private readonly states = new WeakMap<Socket, SocketState>();
  private stopListening: (() => void)[] = [];

  constructor(
    private readonly auth: SocketAuth,
    private readonly chat: ChatService,
    private readonly follower: FollowConversation,
    private readonly rates: RequestRates,
    private readonly signals: Signals,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  afterInit(namespace: Namespace): void {
    namespace.use((socket, next) => {
      this.admit(socket).then(
        (isAdmitted) => next(isAdmitted ? undefined : new Error('unauthenticated')),
        () => next(new Error('unavailable')),
      );
    });
    const sockets = () => [...namespace.sockets.values()];
    this.stopListening = [
      this.signals.on('access', (tenantId) => sockets().forEach((socket) => this.states.get(socket)?.entry.ctx.tenantId === tenantId && this.recheck(socket))),
      this.signals.on('resumed', () => sockets().forEach((socket) => this.recheck(socket))),
      this.signals.lookAfter((isDeaf) => sockets().forEach((socket) => this.recheck(socket, isDeaf))),
    ];
  }

  handleConnection(socket: Socket): void {
    const { follows } = this.states.get(socket)!;
    socket.on('disconnect', () => follows.end());
    this.handle(socket, 'follow', routes.followEvents, async (ctx, { conversationId, after }, reply) => {
      const { lastSeq } = await this.chat.requireAccess(ctx, conversationId);
      follows.assertRoomFor(conversationId);
      reply({ lastSeq });
      follows.begin(ctx, conversationId, after);
    });
    this.handle(socket, 'unfollow', routes.followEvents, async (_ctx, { conversationId }, reply) => {
      follows.leave(conversationId);
      reply({ ok: true });
    });
    this.handle(socket, 'send', routes.sendMessage, async (ctx, { conversationId, ...message }, reply) => {
      const { turnId, seq } = await this.chat.ask(ctx, conversationId, message);
      reply({ turnId, seq });
    });
    this.handle(socket, 'stop', routes.stopTurn, async (ctx, { conversationId, turnId }, reply) => reply(await this.chat.stop(ctx, conversationId, turnId)));
    // A signal that came between the handshake and now found no socket to check.
    this.recheck(socket);
  }

  onModuleDestroy(): void {
    for (const stop of this.stopListening) stop();
  }

  private async admit(socket: Socket): Promise<boolean> {
    const { headers, auth } = socket.handshake;
    const { apiKey, visitorToken, workspaceId } = auth as Record<string, unknown>;
    const entry = await this.auth.enter({ cookieHeader: headers.cookie, originHeader: headers.origin, hostHeader: headers.host, apiKey, visitorToken, workspaceId });
    if (!entry || !mayUse(entry.ctx, routes.followEvents.access)) return false;
    this.states.set(socket, { entry, follows: new Follows(socket, this.follower) });
    return true;
  }

  /** Parses, asks again who it is, counts, does it; whatever is refused is said in the acknowledgement. */
  private handle<R extends SocketRequest>(socket: Socket, name: R, route: Route, work: (ctx: TenantContext, input: Input<R>, reply: Reply) => Promise<void>): void {
    socket.on(name as never, (async (payload: unknown, acknowledge: unknown) => {
      let isAnswered = false;
      const reply: Reply = (answer) => {
        if (!isAnswered && typeof acknowledge === 'function') (acknowledge as Reply)(answer);
        isAnswered = true;
      };
      try {
        const parsed = socketRequests[name].safeParse(payload);
        if (!parsed.success) throw new AppError('invalid_request', { fields: parsed.error.issues.map(({ path, message }) => ({ in: 'body', field: path.join('.'), problem: message })) });
        await work(await this.assertMay(socket, route), parsed.data as Input<R>, reply);
      } catch (error) {
        reply(this.toRefusal(error));
      }
    }) as never);
  }

  private async assertMay(socket: Socket, route: Route): Promise<TenantContext> {
    const ctx = await this.states.get(socket)!.entry.recheck();
    if (!ctx) {
      socket.disconnect(true);
      throw new AppError('unauthenticated');
    }
    if (!mayUse(ctx, route.access)) throw new AppError('forbidden');
    const personId = ctx.caller.kind === 'member' ? ctx.caller.personId : undefined;
    const { standing } = await this.rates.count({ route, ctx, personId, network: networkPrefix(addressOf(socket.handshake, this.config.trustProxy)) });
    if (standing?.allowed === false) throw new AppError('rate_limited', { retryAfterSeconds: standing.resetSeconds });
    return ctx;
  }

  private toRefusal(error: unknown): unknown {
    const refusal = toAppError(error);
    if (refusal.status >= 500) this.logger.error({ err: error }, 'a socket request failed');
    return toErrorBody(refusal, randomUUID());
  }

  /** `isPatient`: where nobody answers, the next look asks again. */
  private recheck(socket: Socket, isPatient = false): void {
    const { entry } = this.states.get(socket)!;
    entry.recheck().then(
      (ctx) => (ctx && mayUse(ctx, routes.followEvents.access) ? (entry.ctx = ctx) : socket.disconnect(true)),
      // Without an answer nobody listens on: the client connects again by itself.
      () => isPatient || socket.conn.close(),
    );
  }
}
