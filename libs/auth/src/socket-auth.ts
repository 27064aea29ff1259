import { Inject, Injectable } from '@nestjs/common';
import { Id } from '@docent/contracts';
import { CONFIG, type Config, type TenantContext } from '@docent/platform';
import { AccessTokens } from './access-tokens';
import { LiveSessions } from './live-sessions';
import { MembersRepository } from './members.repository';
import { isOwnOrigin } from './request-origin';
import { accessCookie } from './session-cookies';

export interface SocketHandshake {
  cookieHeader: string | undefined;
  originHeader: string | undefined;
  hostHeader: string | undefined;
  /** As the client names it; unchecked. */
  workspaceId: unknown;
}

/**
 * Whether a socket may listen to a workspace. Sockets are no requests: no guard runs for them and no CORS rule covers them,
 * so cookie, origin and membership are checked here before the connection stands, and again while it does.
 */
@Injectable()
export class SocketAuth {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly sessions: LiveSessions,
    private readonly members: MembersRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Null where anything is missing or wrong. A handshake without Origin comes from a program with cookies of its own. */
  async authenticate({ cookieHeader, originHeader, hostHeader, workspaceId }: SocketHandshake): Promise<TenantContext | null> {
    if (originHeader !== undefined && !isOwnOrigin(originHeader, hostHeader, this.config.publicUrl)) return null;
    const workspace = Id.safeParse(workspaceId);
    const token = accessCookie(cookieHeader);
    if (!workspace.success || !token) return null;
    const claims = await this.tokens.verify(token);
    if (!claims || !(await this.sessions.isAlive(claims.sessionId))) return null;
    return this.members.contextOf(workspace.data, claims);
  }

  /** The context as it is now; null where session or membership has ended. Asks the database, not a memory. */
  async recheck({ tenantId, caller }: TenantContext): Promise<TenantContext | null> {
    if (caller.kind !== 'member' || !(await this.sessions.isAliveNow(caller.sessionId))) return null;
    return this.members.contextOf(tenantId, caller);
  }
}
