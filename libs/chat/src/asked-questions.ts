import { Injectable } from '@nestjs/common';
import { HandoverSettings, type Channel, type HandoverState } from '@docent/contracts';
import { buildQuery } from '@docent/knowledge';
import { detectLanguage } from '@docent/language';
import { TenantDb, type TenantContext, type TenantSql } from '@docent/platform';
import type { PastMessage } from './answer/trim-history';
import type { AskedQuestion } from './answerer';
import { peopleBehind } from './handover/people-rules';
import type { HeldTurn } from './journal';
import { ModelSettingsService, type StoredModelSettings } from './model-settings.service';

/** Messages that are looked back at: the newest go into a prompt as they are, the others shortened. */
const messagesBack = 100;

interface TurnRow extends Record<string, unknown> {
  question: string;
  bot_id: string;
  locale: string | null;
  channel: Channel;
  state: HandoverState;
  instructions: string;
  handover: unknown;
}

/** Reads what an answer is made from, in one short transaction before it begins. */
@Injectable()
export class AskedQuestions {
  constructor(
    private readonly db: TenantDb,
    private readonly settings: ModelSettingsService,
  ) {}

  /** Null where the turn was closed or taken over meanwhile. */
  async read(ctx: TenantContext, turn: HeldTurn): Promise<AskedQuestion | null> {
    const read = await this.db.runSql(ctx, async (sql) => {
      const [[row], said, [settings]] = await Promise.all([
        sql.query<TurnRow>(
          `SELECT t.question, c.bot_id, c.locale, c.channel, c.state, b.instructions, b.handover
             FROM turns t JOIN conversations c ON c.tenant_id = t.tenant_id AND c.id = t.conversation_id JOIN bots b ON b.tenant_id = c.tenant_id AND b.id = c.bot_id
            WHERE t.tenant_id = $1 AND t.id = $2 AND t.fence = $3 AND t.status = 'running'`,
          [ctx.tenantId, turn.turnId, turn.fence],
        ),
        readSaid(sql, ctx, turn),
        sql.query<StoredModelSettings>(modelSettings, [ctx.tenantId]),
      ]);
      return row ? { row, ...said, settings: settings ?? null } : null;
    });
    return read && { turnId: turn.turnId, ...this.toAsked(ctx, read) };
  }

  /** The same for a question that this transaction is about to store: whatever stands in the log was said before it. */
  async readUnstored(sql: TenantSql, ctx: TenantContext, conversationId: string, question: string): Promise<Omit<AskedQuestion, 'turnId'> | null> {
    const [[row], said, [settings]] = await Promise.all([
      sql.query<TurnRow>(
        `SELECT $3::text AS question, c.bot_id, c.locale, c.channel, c.state, b.instructions, b.handover
           FROM conversations c JOIN bots b ON b.tenant_id = c.tenant_id AND b.id = c.bot_id WHERE c.tenant_id = $1 AND c.id = $2`,
        [ctx.tenantId, conversationId, question],
      ),
      readSaid(sql, ctx, { conversationId, turnId: null }),
      sql.query<StoredModelSettings>(modelSettings, [ctx.tenantId]),
    ]);
    return row ? this.toAsked(ctx, { row, ...said, settings: settings ?? null }) : null;
  }

  private toAsked(ctx: TenantContext, { row, history, systemTexts, settings }: Read): Omit<AskedQuestion, 'turnId'> {
    return {
      botId: row.bot_id,
      question: row.question,
      query: buildQuery(row.question, history.map(({ role, text }) => ({ role, content: text }))),
      history,
      instructions: [row.instructions, ...systemTexts].filter((text) => text.trim() !== '').join('\n\n'),
      language: detectLanguage(row.question.trim() || lastWords(history)) ?? row.locale,
      model: this.settings.connection(ctx, settings),
      people: peopleBehind(row.channel, row.state, HandoverSettings.parse(row.handover)),
      drawsSuggestions: row.channel === 'widget' || row.channel === 'playground',
    };
  }
}

const modelSettings = 'SELECT provider, model, base_url, sealed_api_key FROM model_settings WHERE tenant_id = $1';

interface Said {
  history: PastMessage[];
  systemTexts: string[];
}

interface Read extends Said {
  row: TurnRow;
  settings: StoredModelSettings | null;
}

/** Before the turn's question; before the end of the log where there is no turn yet. */
async function readSaid(sql: TenantSql, ctx: TenantContext, turn: { conversationId: string; turnId: string | null }): Promise<Said> {
  const rows = await sql.query<{ role: 'visitor' | 'assistant' | 'system' | 'agent'; text: string }>(
    `SELECT coalesce(payload ->> 'role', 'assistant') AS role, payload ->> 'text' AS text FROM conversation_events
      WHERE tenant_id = $1 AND conversation_id = $2 AND ($3::uuid IS NULL OR seq < (SELECT message_seq FROM turns WHERE tenant_id = $1 AND id = $3))
        AND type IN ('message', 'answer.completed') ORDER BY seq DESC LIMIT $4`,
    [ctx.tenantId, turn.conversationId, turn.turnId, messagesBack],
  );
  const said = rows.reverse();
  return {
    // A message that only brought files says nothing.
    history: said.flatMap(({ role, text }) => (role === 'system' || text.trim() === '' ? [] : [{ role: role === 'visitor' ? role : ('assistant' as const), text }])),
    systemTexts: said.filter(({ role }) => role === 'system').map(({ text }) => text),
  };
}

/** What the visitor said last before a message without words. */
function lastWords(history: PastMessage[]): string {
  return history.findLast(({ role }) => role === 'visitor')?.text ?? '';
}
