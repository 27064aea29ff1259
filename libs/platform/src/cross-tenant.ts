import { Injectable } from '@nestjs/common';
import type { Role, Scope } from '@docent/contracts';
import { TenantDb } from './tenant-db';

export interface Account {
  id: string;
  email: string;
  name: string;
  passwordHash: string;
}

export interface JournalEntry {
  tenantId: string;
  conversationId: string;
  turnId: string;
  fence: number;
  type: string;
  /** As JSON. */
  payload: string;
}

export interface WrittenEntry {
  /** Position in the given list, from 0. */
  index: number;
  seq: number;
  at: Date;
}

export interface AbandonedTurn {
  tenantId: string;
  turnId: string;
  conversationId: string;
  question: string;
  fence: number;
  attempts: number;
}

interface AccountRow {
  id: string;
  email: string;
  name: string;
  password_hash: string;
}

/**
 * The short, reviewed list of what looks across tenants. Each method calls one SQL function of the migration "policies",
 * which runs under its own role; the application's role can't do any of this by itself.
 */
@Injectable()
export class CrossTenant {
  constructor(private readonly db: TenantDb) {}

  async accountByEmail(email: string): Promise<Account | null> {
    return toAccount(await this.db.callFunction<AccountRow>('SELECT * FROM account_by_email($1)', [email]));
  }

  async accountById(id: string): Promise<Account | null> {
    return toAccount(await this.db.callFunction<AccountRow>('SELECT * FROM account_by_id($1)', [id]));
  }

  /** Null where the address is taken. */
  async createAccount(email: string, name: string, passwordHash: string): Promise<string | null> {
    const [row] = await this.db.callFunction<{ id: string | null }>('SELECT create_account($1, $2, $3) AS id', [email, name, passwordHash]);
    return row?.id ?? null;
  }

  async createWorkspace(ownerId: string, name: string, planId: string): Promise<string> {
    const [row] = await this.db.callFunction<{ id: string }>('SELECT create_workspace($1, $2, $3) AS id', [ownerId, name, planId]);
    return row!.id;
  }

  async setPassword(personId: string, passwordHash: string): Promise<void> {
    await this.db.callFunction('SELECT set_password($1, $2)', [personId, passwordHash]);
  }

  workspacesOf(personId: string): Promise<{ tenant_id: string; name: string; role: Role }[]> {
    return this.db.callFunction('SELECT * FROM workspaces_of($1)', [personId]);
  }

  async openSession(personId: string, tokenHash: Buffer, expiresAt: Date): Promise<string> {
    const [row] = await this.db.callFunction<{ id: string }>('SELECT open_session($1, $2, $3) AS id', [personId, tokenHash, expiresAt]);
    return row!.id;
  }

  /** `repeated`: the previous token came again within ten seconds (two tabs); nothing was rotated. */
  async rotateSession(presented: Buffer, successor: Buffer): Promise<{ outcome: 'rotated' | 'repeated' | 'reused' | 'unknown'; session_id: string; person_id: string }> {
    const [row] = await this.db.callFunction<Awaited<ReturnType<CrossTenant['rotateSession']>>>('SELECT * FROM rotate_session($1, $2)', [presented, successor]);
    return row!;
  }

  async sessionIsAlive(sessionId: string): Promise<boolean> {
    const [row] = await this.db.callFunction<{ alive: boolean }>('SELECT session_is_alive($1) AS alive', [sessionId]);
    return row?.alive ?? false;
  }

  async revokeSessionById(sessionId: string): Promise<void> {
    await this.db.callFunction('SELECT revoke_session_by_id($1)', [sessionId]);
  }

  async revokeSessionsExcept(personId: string, keptSessionId: string | null): Promise<void> {
    await this.db.callFunction('SELECT revoke_sessions_except($1, $2)', [personId, keptSessionId]);
  }

  /** The workspace joined, or null where the invitation is unknown, spent, expired or for another address. */
  async acceptInvitation(tokenHash: Buffer, personId: string): Promise<string | null> {
    const [row] = await this.db.callFunction<{ tenant_id: string | null }>('SELECT accept_invitation($1, $2) AS tenant_id', [tokenHash, personId]);
    return row?.tenant_id ?? null;
  }

  async apiKeyByHash(secretHash: Buffer): Promise<{ tenant_id: string; id: string; scopes: Scope[] } | null> {
    const [row] = await this.db.callFunction<{ tenant_id: string; id: string; scopes: Scope[] }>('SELECT * FROM api_key_by_hash($1)', [secretHash]);
    return row ?? null;
  }

  async tenantOfBot(botId: string): Promise<string | null> {
    const [row] = await this.db.callFunction<{ tenant_id: string | null }>('SELECT tenant_of_bot($1) AS tenant_id', [botId]);
    return row?.tenant_id ?? null;
  }

  /** One entry of a conversation at a time. Those that are missing in the answer belong to a turn that somebody else holds by now. */
  async appendEvents(entries: JournalEntry[]): Promise<WrittenEntry[]> {
    const rows = await this.db.callFunction<{ entry: number; seq: number; created_at: Date }>('SELECT entry, seq, created_at FROM append_events($1, $2, $3, $4, $5, $6)', [
      entries.map((entry) => entry.tenantId),
      entries.map((entry) => entry.conversationId),
      entries.map((entry) => entry.turnId),
      entries.map((entry) => entry.fence),
      entries.map((entry) => entry.type),
      entries.map((entry) => entry.payload),
    ]);
    return rows.map((row) => ({ index: row.entry - 1, seq: row.seq, at: row.created_at }));
  }

  /** Conversations whose awaited person has not come, or whose agent is gone. Look again under the tenant before changing anything. */
  dueHandovers(limit: number): Promise<{ tenant_id: string; id: string }[]> {
    return this.db.callFunction('SELECT * FROM due_handovers($1)', [limit]);
  }

  /** Those of these people who have a session anywhere. */
  async signedIn(personIds: string[]): Promise<Set<string>> {
    const rows = await this.db.callFunction<{ person_id: string }>('SELECT * FROM people_signed_in($1)', [personIds]);
    return new Set(rows.map((row) => row.person_id));
  }

  /** Before the first lease: as long as this process lives, its leases are not taken from it the moment that they run out. */
  showLife(owner: string): Promise<void> {
    return this.db.showLife(owner);
  }

  /** Turns that were not renewed for a second and a half and whose owner is gone; ten seconds after their lease also those of an owner that only stands still. */
  async claimAbandonedTurns(owner: string, leaseMs: number, limit: number): Promise<AbandonedTurn[]> {
    const rows = await this.db.callAtOnce<{ tenant_id: string; id: string; conversation_id: string; question: string; fence: number; attempts: number }>(
      `SELECT * FROM claim_abandoned_turns($1, $2 * interval '1 millisecond', $3)`,
      [owner, leaseMs, limit],
    );
    return rows.map((row) => ({ tenantId: row.tenant_id, turnId: row.id, conversationId: row.conversation_id, question: row.question, fence: row.fence, attempts: row.attempts }));
  }

  /** Those of these conversations that hold more than what is known of them, and those that are gone: without a number. */
  async conversationsGrown(known: { tenantId: string; conversationId: string; seq: number }[]): Promise<{ conversationId: string; lastSeq: number | null }[]> {
    const rows = await this.db.callFunction<{ id: string; last_seq: number | null }>('SELECT * FROM conversations_grown($1, $2, $3)', [
      known.map(({ tenantId }) => tenantId),
      known.map(({ conversationId }) => conversationId),
      known.map(({ seq }) => seq),
    ]);
    return rows.map((row) => ({ conversationId: row.id, lastSeq: row.last_seq }));
  }

  /** The turns still held; one that is missing has been taken over or closed. */
  renewLeases(owner: string, turnIds: string[], leaseMs: number): Promise<{ id: string; stop_requested: boolean }[]> {
    return this.db.callAtOnce(`SELECT * FROM renew_leases($1, $2, $3 * interval '1 millisecond')`, [owner, turnIds, leaseMs]);
  }
}

function toAccount([row]: AccountRow[]): Account | null {
  return row ? { id: row.id, email: row.email, name: row.name, passwordHash: row.password_hash } : null;
}
