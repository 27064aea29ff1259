import type pg from 'pg';
import type { StoredConversation } from './history';
import type { Spell } from './product-fleet';

/** Reads whole conversations with their ledgers past every policy; what is missing is left out. */
export async function readStored(admin: pg.Pool, ids: string[]): Promise<StoredConversation[]> {
  const client = await admin.connect();
  try {
    // One moment for all tables, so that what is written meanwhile is seen whole or not at all.
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const conversations = await client.query<{ id: string; lastSeq: number }>('SELECT id, last_seq AS "lastSeq" FROM conversations WHERE id = ANY ($1::uuid[])', [ids]);
    const read = async <Row extends pg.QueryResultRow>(text: string) => groupOf((await client.query<Row & { conversation: string }>(text, [ids])).rows);
    const events = await read<StoredConversation['events'][number]>(
      `SELECT conversation_id AS conversation, seq, type, turn_id AS "turnId", payload AS data, created_at AS at FROM conversation_events WHERE conversation_id = ANY ($1::uuid[]) ORDER BY seq`,
    );
    const turns = await read<StoredConversation['turns'][number]>(
      `SELECT conversation_id AS conversation, id, client_message_id AS "clientMessageId", status, error_code AS "errorCode", fence, attempts, message_seq AS "messageSeq"
         FROM turns WHERE conversation_id = ANY ($1::uuid[]) ORDER BY message_seq`,
    );
    const attempts = await read<StoredConversation['attempts'][number]>(
      `SELECT t.conversation_id AS conversation, a.turn_id AS "turnId", a.fence, a.outcome, a.model FROM turn_attempts a JOIN turns t ON t.tenant_id = a.tenant_id AND t.id = a.turn_id
        WHERE t.conversation_id = ANY ($1::uuid[]) ORDER BY a.fence`,
    );
    const charges = await read<StoredConversation['charges'][number]>(
      `SELECT t.conversation_id AS conversation, r.turn_id AS "turnId", r.state FROM reservations r JOIN turns t ON t.tenant_id = r.tenant_id AND t.id = r.turn_id
        WHERE t.conversation_id = ANY ($1::uuid[])`,
    );
    await client.query('COMMIT');
    return conversations.rows.map(({ id, lastSeq }) => ({ id, lastSeq, events: events(id), turns: turns(id), attempts: attempts(id), charges: charges(id) }));
  } finally {
    client.release();
  }
}

/** Of the whole installation: usage that does not add up, and what was reserved for turns that are gone. One line each. */
export async function findLedgerBreaches(admin: pg.Pool): Promise<string[]> {
  const { rows } = await admin.query<{ what: string }>(
    `SELECT 'month ' || m.period_start || ' counts ' || m.booked || '; the ledger says ' || l.booked AS what
       FROM usage_periods m JOIN (
         SELECT tenant_id, period_start, count(*) FILTER (WHERE state <> 'released') AS booked FROM reservations GROUP BY 1, 2
       ) l USING (tenant_id, period_start) WHERE m.booked <> l.booked
     UNION ALL
     SELECT 'reserved for ever: turn ' || r.turn_id FROM reservations r LEFT JOIN turns t ON t.tenant_id = r.tenant_id AND t.id = r.turn_id
      WHERE r.state = 'reserved' AND t.status IS DISTINCT FROM 'running'`,
  );
  return rows.map(({ what }) => what);
}

/** For each answer that was taken over, and each time: from its last word, or from when the process that was lost had taken it itself, until another one had it. */
export async function findClaimWaits(admin: pg.Pool): Promise<Spell[]> {
  const { rows } = await admin.query<Spell>(
    `SELECT (extract(epoch FROM greatest(max(e.created_at), max(before.ended_at))) * 1000)::float8 AS from, (extract(epoch FROM a.ended_at) * 1000)::float8 AS until
       FROM turn_attempts a JOIN conversation_events e ON e.tenant_id = a.tenant_id AND e.turn_id = a.turn_id AND e.created_at <= a.ended_at
            LEFT JOIN turn_attempts before ON before.tenant_id = a.tenant_id AND before.turn_id = a.turn_id AND before.fence = a.fence - 1
      WHERE a.outcome = 'abandoned' GROUP BY a.tenant_id, a.turn_id, a.fence, a.ended_at`,
  );
  return rows;
}

function groupOf<Row extends { conversation: string }>(rows: Row[]): (id: string) => Omit<Row, 'conversation'>[] {
  const groups = new Map<string, Omit<Row, 'conversation'>[]>();
  for (const { conversation, ...row } of rows) groups.set(conversation, [...(groups.get(conversation) ?? []), row]);
  return (id) => groups.get(id) ?? [];
}
