import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { mayUse, SocketAuth } from '@docent/auth';
import { EventStreams } from '@docent/chat';
import { routes } from '@docent/contracts';
import { LOGGER, Signals, type TenantContext } from '@docent/platform';

/**
 * Whoever follows a conversation over HTTP loses the stream with their access, as sockets do: a request is let in once, and a stream may last
 * for days. Looked at when access changes, and from time to time for what nobody told.
 */
@Injectable()
export class ReaderWatch implements OnModuleInit, OnModuleDestroy {
  private stopListening: (() => void)[] = [];

  constructor(
    private readonly streams: EventStreams,
    private readonly auth: SocketAuth,
    private readonly signals: Signals,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.stopListening = [
      this.signals.on('access', (tenantId) => this.look(tenantId)),
      this.signals.on('resumed', () => this.look()),
      this.signals.lookAfter(() => this.look()),
    ];
  }

  onModuleDestroy(): void {
    for (const stop of this.stopListening) stop();
  }

  private look(tenantId?: string): void {
    this.streams
      .recheck((ctx) => this.mayRead(ctx), tenantId)
      .catch((error: unknown) => this.logger.warn({ err: error }, 'readers could not be looked at'));
  }

  private async mayRead(ctx: TenantContext): Promise<boolean> {
    const now = await this.auth.recheck(ctx);
    return now !== null && mayUse(now, routes.followEvents.access);
  }
}
