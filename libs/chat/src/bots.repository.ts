import { Injectable } from '@nestjs/common';
import { UsageService } from '@docent/billing';
import { WidgetSettings, type Bot, type CreateBot, type UpdateBot } from '@docent/contracts';
import { TenantDb, type TenantContext } from '@docent/platform';
import { removeWithAnswers } from './remove-with-answers';

interface BotRow {
  id: string;
  name: string;
  instructions: string;
  limitMessage: string;
  widget: unknown;
  allowedOrigins: string[];
  learning: boolean;
  createdAt: Date;
  updatedAt: Date;
}

/** Bots of a workspace. */
@Injectable()
export class BotsRepository {
  constructor(
    private readonly db: TenantDb,
    private readonly usage: UsageService,
  ) {}

  async list(ctx: TenantContext): Promise<Bot[]> {
    const rows = await this.db.run(ctx, (db) => db.bot.findMany({ where: { tenantId: ctx.tenantId }, orderBy: { id: 'asc' } }));
    return rows.map(toBot);
  }

  async find(ctx: TenantContext, id: string): Promise<Bot | null> {
    const row = await this.db.run(ctx, (db) => db.bot.findFirst({ where: { tenantId: ctx.tenantId, id } }));
    return row && toBot(row);
  }

  async create(ctx: TenantContext, bot: CreateBot): Promise<Bot> {
    const row = await this.db.run(ctx, async (db) => {
      await this.usage.assertRoom(db, ctx, 'bots', 1);
      return db.bot.create({ data: { ...bot, tenantId: ctx.tenantId } });
    });
    return toBot(row);
  }

  /** Null where there is no such bot. Widget settings are merged field by field. */
  update(ctx: TenantContext, id: string, { widget, ...fields }: UpdateBot): Promise<Bot | null> {
    return this.db.run(ctx, async (db) => {
      const present = await db.bot.findFirst({ where: { tenantId: ctx.tenantId, id } });
      if (!present) return null;
      const merged = widget && { ...WidgetSettings.parse(present.widget), ...withoutAbsent(widget) };
      const row = await db.bot.update({ where: { tenantId_id: { tenantId: ctx.tenantId, id } }, data: { ...fields, widget: merged } });
      return toBot(row);
    });
  }

  /** The keys of the files that were attached in its conversations; null where there is no such bot. */
  remove(ctx: TenantContext, id: string): Promise<string[] | null> {
    return this.db.runSql(ctx, (sql) => removeWithAnswers(sql, ctx, this.usage, 'bots', id));
  }
}

function toBot(row: BotRow): Bot {
  return {
    id: row.id,
    name: row.name,
    instructions: row.instructions,
    limitMessage: row.limitMessage,
    widget: WidgetSettings.parse(row.widget),
    allowedOrigins: row.allowedOrigins,
    learning: row.learning,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

function withoutAbsent<T extends object>(given: T): Partial<T> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<T>;
}
