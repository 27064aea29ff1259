import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantContext } from '@docent/platform';

/** Older use says little of the knowledge of today. */
const days = 180;
const mostQuestions = 400;

/** A question of a visitor and the passages that its answer cites. */
export interface AnsweredQuestion {
  question: string;
  isPraised: boolean;
  passages: string[];
}

/** A question with the answer that the owner wrote or approved. */
export interface ApprovedAnswer {
  sourceId: string;
  question: string;
  answer: string;
}

/** What a bot's use says about which passage answers what. */
@Injectable()
export class LearnEvidenceRepository {
  constructor(private readonly db: TenantDb) {}

  /** Whether the bot may learn; false where it is gone. */
  async isOn(ctx: TenantContext, botId: string): Promise<boolean> {
    const bot = await this.db.run(ctx, (db) => db.bot.findFirst({ where: { tenantId: ctx.tenantId, id: botId }, select: { learning: true } }));
    return bot?.learning ?? false;
  }

  /** Those that somebody has yet to look at are left out. */
  approvedAnswers(ctx: TenantContext, botId: string): Promise<ApprovedAnswer[]> {
    return this.db.readSql<ApprovedAnswer>(ctx, approvedAnswers, [ctx.tenantId, botId]);
  }

  /** Newest first; those with a thumb down are left out, and those whose citations the present passages do not hold any more. */
  answeredQuestions(ctx: TenantContext, botId: string): Promise<AnsweredQuestion[]> {
    return this.db.readSql<AnsweredQuestion>(ctx, answeredQuestions, [ctx.tenantId, botId, days, mostQuestions]);
  }

  /** Passages of sources that are new or were read anew since then. */
  async changedPassages(ctx: TenantContext, botId: string, since: Date): Promise<number> {
    const [row] = await this.db.readSql<{ changed: number }>(ctx, changedPassages, [ctx.tenantId, botId, since]);
    return row?.changed ?? 0;
  }

  /** How many answers are praised or approved at present: a thumb has no time of its own, so the number says whether there are new ones. */
  async countUse(ctx: TenantContext, botId: string): Promise<number> {
    const [row] = await this.db.readSql<{ count: number }>(ctx, praisedAndApproved, [ctx.tenantId, botId, days]);
    return row?.count ?? 0;
  }
}

const approvedAnswers = `
  SELECT id AS "sourceId", input ->> 'question' AS question, input ->> 'answer' AS answer
    FROM sources WHERE tenant_id = $1 AND bot_id = $2 AND type = 'qa' AND status = 'ready' AND NOT needs_review ORDER BY id DESC LIMIT 2000`;

const answeredQuestions = `
  WITH t AS MATERIALIZED (
    SELECT t.id, t.conversation_id, t.question, t.rating, t.created_at
      FROM turns t JOIN conversations c ON c.tenant_id = t.tenant_id AND c.id = t.conversation_id
     WHERE t.tenant_id = $1 AND c.bot_id = $2 AND t.created_at >= now() - $3::int * interval '1 day' AND t.answered AND t.rating IS DISTINCT FROM 'down'
       AND btrim(t.question) <> ''
     ORDER BY t.created_at DESC LIMIT $4)
  SELECT t.question, bool_or(t.rating = 'up') IS TRUE AS "isPraised", array_agg(DISTINCT p.id) AS passages
    FROM t JOIN conversation_events e ON e.tenant_id = $1 AND e.conversation_id = t.conversation_id AND e.turn_id = t.id AND e.type = 'answer.completed'
           CROSS JOIN LATERAL jsonb_array_elements(e.payload -> 'citations') AS cited
           JOIN chunks p ON p.tenant_id = $1 AND p.source_id = (cited ->> 'sourceId')::uuid
                        AND p.start_offset <= (cited ->> 'start')::int AND p.end_offset > (cited ->> 'start')::int
                        AND position(left(cited ->> 'quote', 40) IN p.body) > 0
   GROUP BY t.question ORDER BY max(t.created_at) DESC`;

const changedPassages = `
  SELECT coalesce(sum(chunk_count), 0)::int AS changed FROM sources WHERE tenant_id = $1 AND bot_id = $2 AND updated_at > $3`;

const praisedAndApproved = `
  SELECT ((SELECT count(*) FROM turns t JOIN conversations c ON c.tenant_id = t.tenant_id AND c.id = t.conversation_id
            WHERE t.tenant_id = $1 AND c.bot_id = $2 AND t.created_at >= now() - $3::int * interval '1 day' AND t.answered AND t.rating = 'up')
        + (SELECT count(*) FROM sources WHERE tenant_id = $1 AND bot_id = $2 AND type = 'qa' AND status = 'ready' AND NOT needs_review))::int AS count`;
