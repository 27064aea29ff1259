import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Id, Role } from '@docent/contracts';
import { CONFIG, type Config, type TenantContext } from '@docent/platform';
import { AccessTokens } from './access-tokens';
import { hashToken, isApiKey } from './api-key-secret';
import { ApiKeysRepository } from './api-keys.repository';
import { LiveApiKeys } from './live-api-keys';
import { LiveSessions } from './live-sessions';
import { MembersRepository } from './members.repository';
import { isOwnOrigin } from './request-origin';
import { accessCookie } from './session-cookies';
import { VisitorTokens } from './visitor-tokens';

export interface SocketHandshake {
  cookieHeader: string | undefined;
  originHeader: string | undefined;
  hostHeader: string | undefined;
  /** As the client names it; unchecked. */
  workspaceId: unknown;
}

/** A handshake that may also bring what programs and visitors have. */
export interface AnySocketHandshake extends SocketHandshake {
  apiKey: unknown;
  visitorToken: unknown;
}

/** Who is at the other end, and how to ask again whether they still may be. */
export interface SocketEntry {
  ctx: TenantContext;
  /** The context as it is now; null where key, token, session or membership has ended. */
  recheck(): Promise<TenantContext | null>;
}

/**
 * Whether a socket may listen to a workspace. Sockets are no requests: no guard runs for them and no CORS rule covers them,
 * so credential, origin and membership are checked here before the connection stands, and again while it does.
 */
@Injectable()
export class SocketAuth {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly sessions: LiveSessions,
    private readonly members: MembersRepository,
    private readonly apiKeys: LiveApiKeys,
    private readonly keys: ApiKeysRepository,
    private readonly visitors: VisitorTokens,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** A member of the console; null where anything is missing or wrong. A handshake without Origin comes from a program with cookies of its own. */
  async authenticate({ cookieHeader, originHeader, hostHeader, workspaceId }: SocketHandshake): Promise<TenantContext | null> {
    if (originHeader !== undefined && !isOwnOrigin(originHeader, hostHeader, this.config.publicUrl)) return null;
    const workspace = Id.safeParse(workspaceId);
    const token = accessCookie(cookieHeader);
    if (!workspace.success || !token) return null;
    const claims = await this.tokens.verify(token);
    if (!claims || !(await this.sessions.isAlive(claims.sessionId))) return null;
    return this.members.contextOf(workspace.data, claims);
  }

  /** A program, a visitor or a member. A handshake brings one credential, and that one decides: a key or token is never topped up by a cookie. */
  async enter(handshake: AnySocketHandshake): Promise<SocketEntry | null> {
    const { apiKey, visitorToken, originHeader } = handshake;
    if (apiKey === undefined && visitorToken !== undefined) {
      const look = () => this.byVisitorToken(visitorToken, originHeader);
      const visitor = await look();
      return visitor && { ctx: visitor, recheck: look };
    }
    const ctx = await (apiKey === undefined ? this.authenticate(handshake) : this.byKey(apiKey));
    return ctx && { ctx, recheck: () => this.recheck(ctx) };
  }

  /** The context as it is now; null where key, session or membership has ended. Asks the database, not a memory. */
  async recheck(ctx: TenantContext): Promise<TenantContext | null> {
    const { tenantId, caller } = ctx;
    if (caller.kind === 'key') {
      const scopes = await this.keys.scopesOf(ctx, caller.keyId);
      return scopes && { tenantId, caller: { ...caller, scopes } };
    }
    if (caller.kind !== 'member' || !(await this.sessions.isAliveNow(caller.sessionId))) return null;
    return this.members.contextOf(tenantId, caller);
  }

  /** Whether a console whose line was cut may hear what it has missed. Only the console has anything kept for it. */
  async mayGoOn(namespace: string, data: unknown): Promise<boolean> {
    const known = namespace === '/console' ? KeptSession.safeParse(data) : null;
    return known?.success === true && (await this.recheck(known.data.ctx)) !== null;
  }

  private async byKey(secret: unknown): Promise<TenantContext | null> {
    const key = typeof secret === 'string' && isApiKey(secret) ? await this.apiKeys.find(hashToken(secret)) : null;
    return key && { tenantId: key.tenant_id, caller: { kind: 'key', keyId: key.id, scopes: key.scopes } };
  }

  /** A page can't choose its Origin: a token that was carried to another website does not work there. */
  private async byVisitorToken(token: unknown, originHeader: string | undefined): Promise<TenantContext | null> {
    const visitor = typeof token === 'string' ? await this.visitors.verify(token).catch(() => null) : null;
    if (!visitor || (originHeader !== undefined && originHeader !== visitor.origin)) return null;
    return { tenantId: visitor.tenantId, caller: { kind: 'visitor', visitorId: visitor.visitorId, botId: visitor.botId } };
  }
}

/** What a process keeps of a console's socket, perhaps for another process. */
const KeptSession = z.object({ ctx: z.object({ tenantId: Id, caller: z.object({ kind: z.literal('member'), personId: Id, sessionId: Id, role: Role }) }) });
