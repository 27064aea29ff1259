import { Injectable } from '@nestjs/common';
import { mapDays, maximumMapPassages, maximumMapQuestions, type SourceType } from '@docent/contracts';
import { TenantDb, type TenantContext } from '@docent/platform';
import type { z } from 'zod';

export interface MapPassageRow {
  id: string;
  source_id: string;
  start_offset: number;
  end_offset: number;
  headings: string[];
  body: string;
  title: string;
}

export interface MapSourceRow {
  id: string;
  name: string;
  type: z.infer<typeof SourceType>;
  chunk_count: number;
  updated_at: Date;
}

export interface MapQuestionRow {
  conversation_id: string;
  message_seq: number;
  question: string;
  answered: boolean;
  created_at: Date;
}

/** What the map is drawn from. Reads only. */
@Injectable()
export class MapRowsRepository {
  constructor(private readonly db: TenantDb) {}

  /** Sources that have passages, in order of age. */
  sources(ctx: TenantContext, botId: string): Promise<MapSourceRow[]> {
    return this.db.readSql<MapSourceRow>(ctx, sourcesOfBot, [ctx.tenantId, botId]);
  }

  /** All passages, or of more than {@link maximumMapPassages} every so many, so that each source keeps its share. */
  async passages(ctx: TenantContext, botId: string, total: number): Promise<MapPassageRow[]> {
    const step = Math.max(1, Math.ceil(total / maximumMapPassages));
    const rows = await this.db.readSql<MapPassageRow>(ctx, everySoManyPassages, [ctx.tenantId, botId, step]);
    return rows.slice(0, maximumMapPassages);
  }

  /** Answered or not; what visitors asked of people, and what is being answered still, is left out. */
  questions(ctx: TenantContext, botId: string): Promise<MapQuestionRow[]> {
    return this.db.readSql<MapQuestionRow>(ctx, latestQuestions, [ctx.tenantId, botId, mapDays, maximumMapQuestions]);
  }
}

const sourcesOfBot = `SELECT id, name, type, chunk_count, updated_at FROM sources WHERE tenant_id = $1 AND bot_id = $2 AND chunk_count > 0 ORDER BY created_at, id`;

// As elsewhere: what must not be searched by stands behind IS TRUE, where it is only checked.
const everySoManyPassages = `
  WITH picked AS MATERIALIZED (
         SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM chunks WHERE tenant_id = $1 AND (bot_id = $2) IS TRUE) AS numbered
          WHERE place % $3 = 0),
       c AS MATERIALIZED (SELECT * FROM chunks WHERE tenant_id = $1 AND id IN (SELECT id FROM picked))
  SELECT c.id, c.source_id, c.start_offset, c.end_offset, c.headings, c.body, s.title
    FROM c JOIN source_snapshots s ON s.tenant_id = c.tenant_id AND s.id = c.snapshot_id ORDER BY c.id`;

const latestQuestions = `
  SELECT t.conversation_id, t.message_seq, t.question, t.answered, t.created_at
    FROM turns t JOIN conversations c ON c.tenant_id = t.tenant_id AND c.id = t.conversation_id
   WHERE t.tenant_id = $1 AND c.bot_id = $2 AND t.created_at >= now() - $3::int * interval '1 day'
     AND c.channel <> 'playground' AND t.status <> 'relayed' AND t.answered IS NOT NULL AND btrim(t.question) <> ''
   ORDER BY t.created_at DESC, t.id DESC LIMIT $4`;
