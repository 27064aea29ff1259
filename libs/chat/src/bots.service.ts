import { Injectable } from '@nestjs/common';
import type { Bot, CreateBot, UpdateBot } from '@docent/contracts';
import { MeaningKeeper, SourcesService } from '@docent/knowledge';
import { found, Signals, type TenantContext } from '@docent/platform';
import { AttachmentFiles } from './attachment-files';
import { BotsRepository } from './bots.repository';

/** Bots with everything that hangs on them. */
@Injectable()
export class BotsService {
  constructor(
    private readonly bots: BotsRepository,
    private readonly sources: SourcesService,
    private readonly attachments: AttachmentFiles,
    private readonly signals: Signals,
    private readonly meaning: MeaningKeeper,
  ) {}

  async list(ctx: TenantContext): Promise<{ items: Bot[] }> {
    return { items: await this.bots.list(ctx) };
  }

  async get(ctx: TenantContext, id: string): Promise<Bot> {
    return found(await this.bots.find(ctx, id));
  }

  async create(ctx: TenantContext, given: CreateBot): Promise<Bot> {
    const bot = await this.bots.create(ctx, given);
    await this.signals.send('change', ctx.tenantId, { kind: 'bot', id: bot.id });
    return bot;
  }

  async update(ctx: TenantContext, id: string, given: UpdateBot): Promise<Bot> {
    const bot = found(await this.bots.update(ctx, id, given));
    // What it has learned comes into use, or goes, when its knowledge is looked at.
    if (given.learning !== undefined) await this.meaning.changed(ctx, id);
    await this.signals.send('change', ctx.tenantId, { kind: 'bot', id });
    return bot;
  }

  /** Removes the rows first, then what stands outside the database. */
  async remove(ctx: TenantContext, id: string): Promise<{ ok: true }> {
    const cleanUp = await this.sources.prepareBotRemoval(ctx, id);
    const attached = found(await this.bots.remove(ctx, id));
    await this.signals.send('gone', ctx.tenantId);
    await cleanUp();
    await this.attachments.remove(ctx, attached);
    await this.signals.send('change', ctx.tenantId, { kind: 'bot', id });
    return { ok: true };
  }
}
