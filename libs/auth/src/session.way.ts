import { Inject, Injectable } from '@nestjs/common';
import { Id, type Access, type Role } from '@docent/contracts';
import { AppError, CONFIG, type Config, type FastifyRequest, type TenantContext } from '@docent/platform';
import { AccessTokens, type AccessClaims } from './access-tokens';
import { LiveSessions } from './live-sessions';
import { MembersRepository } from './members.repository';
import { isAtLeast } from './may-use';
import { assertOwnOrigin, isSafeMethod } from './request-origin';
import { accessCookie } from './session-cookies';
import type { Entry, WayIn } from './way-in';

/** The access cookie of a signed-in person; routes of a workspace need the header `docent-workspace` as well. */
@Injectable()
export class SessionWay implements WayIn {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly sessions: LiveSessions,
    private readonly members: MembersRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  fits(request: FastifyRequest): boolean {
    return accessCookie(request.headers.cookie) !== undefined;
  }

  async enter(request: FastifyRequest, access: Access): Promise<Entry> {
    const claims = await this.tokens.verify(accessCookie(request.headers.cookie)!);
    if (!claims || !(await this.sessions.isAlive(claims.sessionId))) throw new AppError('unauthenticated');
    if (!isSafeMethod(request.method)) assertOwnOrigin(request.headers, this.config.publicUrl);
    if (access.account) return { ...claims };
    if (!access.session) throw new AppError('forbidden');
    const ctx = await this.enterWorkspace(claims, request.headers['docent-workspace']);
    if (!isAtLeast(roleOf(ctx), access.session)) throw new AppError('forbidden', { role: access.session });
    return { ...claims, ctx };
  }

  /** A workspace that one is no member of is not there. */
  private async enterWorkspace(claims: AccessClaims, workspaceId: unknown): Promise<TenantContext> {
    if (workspaceId === undefined)
      throw new AppError('invalid_request', {
        fields: [{ in: 'header', field: 'docent-workspace', problem: 'name the workspace' }],
      });
    const id = Id.safeParse(workspaceId);
    const ctx = id.success ? await this.members.contextOf(id.data, claims) : null;
    if (!ctx) throw new AppError('not_found');
    return ctx;
  }
}

function roleOf(ctx: TenantContext): Role {
  return ctx.caller.kind === 'member' ? ctx.caller.role : 'viewer';
}
