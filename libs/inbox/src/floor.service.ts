import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { AgentMessages, HandoverService, type AgentMessage, type Moved, type Sighting } from '@docent/chat';
import type { Floor } from '@docent/contracts';
import { LOGGER, type TenantContext } from '@docent/platform';
import { BriefsService } from './briefs.service';

/** Who holds a conversation: each step answers who does now, and by which fence they write. */
@Injectable()
export class FloorService {
  constructor(
    private readonly handovers: HandoverService,
    private readonly messages: AgentMessages,
    private readonly briefs: BriefsService,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async take(ctx: TenantContext, conversationId: string, fence?: number): Promise<Floor> {
    return this.withBrief(ctx, conversationId, await this.handovers.take(ctx, conversationId, fence));
  }

  async assign(ctx: TenantContext, conversationId: string, memberId: string | null): Promise<Floor> {
    return this.withBrief(ctx, conversationId, await this.handovers.assign(ctx, conversationId, memberId));
  }

  async release(ctx: TenantContext, conversationId: string, to: 'bot' | 'queue'): Promise<Floor> {
    return toFloor(await this.handovers.release(ctx, conversationId, to));
  }

  async close(ctx: TenantContext, conversationId: string): Promise<Floor> {
    return toFloor(await this.handovers.close(ctx, conversationId));
  }

  async reopen(ctx: TenantContext, conversationId: string): Promise<Floor> {
    return toFloor(await this.handovers.reopen(ctx, conversationId));
  }

  reply(ctx: TenantContext, conversationId: string, message: AgentMessage): Promise<{ seq: number }> {
    return this.messages.reply(ctx, conversationId, message);
  }

  here(ctx: TenantContext, conversationId: string, sighting: Sighting): Promise<Floor> {
    return this.messages.here(ctx, conversationId, sighting);
  }

  /** The brief is made afterwards: taking over waits for no model. */
  private withBrief(ctx: TenantContext, conversationId: string, moved: Moved): Floor {
    const hasTaken = moved.state === 'human' && moved.events.length > 0;
    if (hasTaken) this.briefs.make(ctx, conversationId).catch((error: unknown) => this.logger.warn({ err: error, conversationId }, 'a brief could not be made'));
    return toFloor(moved);
  }
}

function toFloor({ state, fence, assignee }: Moved): Floor {
  return { state, fence, assignee };
}
