import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantContext } from '@docent/platform';

export interface GoldenQuestionRow {
  id: string;
  bot_id: string;
  question: string;
  source_id: string;
  source_name: string;
  quote: string;
  created_at: Date;
  /** Passages that answer it: those of the source that hold the quote, all of them without one. */
  gold: string[];
}

/** Questions by which a bot's search is judged. Gone with their source and with the bot. */
@Injectable()
export class GoldenQuestionsRepository {
  constructor(private readonly db: TenantDb) {}

  /** Newest first. */
  list(ctx: TenantContext, botId: string): Promise<GoldenQuestionRow[]> {
    return this.db.readSql<GoldenQuestionRow>(ctx, questionsOfBot, [ctx.tenantId, botId]);
  }

  count(ctx: TenantContext, botId: string): Promise<number> {
    return this.db.run(ctx, (db) => db.goldenQuestion.count({ where: { tenantId: ctx.tenantId, botId } }));
  }

  /** Null where the bot has no such source. */
  create(ctx: TenantContext, botId: string, given: { question: string; sourceId: string; quote: string }): Promise<{ id: string } | null> {
    return this.db.run(ctx, async (db) => {
      const source = await db.source.count({ where: { tenantId: ctx.tenantId, botId, id: given.sourceId } });
      return source === 0 ? null : db.goldenQuestion.create({ data: { ...given, tenantId: ctx.tenantId, botId }, select: { id: true } });
    });
  }

  /** Says whether there was one. */
  remove(ctx: TenantContext, id: string): Promise<boolean> {
    return this.db.run(ctx, async (db) => (await db.goldenQuestion.deleteMany({ where: { tenantId: ctx.tenantId, id } })).count > 0);
  }
}

const questionsOfBot = `
  SELECT g.id, g.bot_id, g.question, g.source_id, o.name AS source_name, g.quote, g.created_at,
         ARRAY(SELECT c.id FROM chunks c WHERE c.tenant_id = g.tenant_id AND c.source_id = g.source_id
                AND (g.quote = '' OR position(g.quote IN c.body) > 0)) AS gold
    FROM golden_questions g JOIN sources o ON o.tenant_id = g.tenant_id AND o.id = g.source_id
   WHERE g.tenant_id = $1 AND g.bot_id = $2 ORDER BY g.id DESC`;
