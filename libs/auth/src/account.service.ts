import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { Me, SignIn, SignUp } from '@docent/contracts';
import { AppError, CONFIG, CrossTenant, found, Signals, type Config } from '@docent/platform';
import { AccessTokens } from './access-tokens';
import { judgePassword } from './judge-password';
import { LiveSessions } from './live-sessions';
import { PasswordHasher } from './password-hasher';
import { RefreshTokens } from './refresh-tokens';
import { refreshSeconds, type SessionTokens } from './session-cookies';

/** Somebody signed in: who they are and the tokens for their browser. */
export interface SignedIn {
  me: Me;
  tokens: SessionTokens;
}

/** Accounts and their sessions. */
@Injectable()
export class AccountService {
  constructor(
    private readonly crossTenant: CrossTenant,
    private readonly tokens: AccessTokens,
    private readonly refreshTokens: RefreshTokens,
    private readonly sessions: LiveSessions,
    private readonly passwords: PasswordHasher,
    private readonly signals: Signals,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async signUp(account: z.output<typeof SignUp>): Promise<SignedIn> {
    const { personId } = await this.createOwner(account);
    return this.openSession(personId);
  }

  /** An account with its first workspace, not signed in. Throws `email_taken`, and `invalid_request` for a password that is guessed first. */
  async createOwner({
    email,
    password,
    name,
    workspaceName,
  }: z.output<typeof SignUp>): Promise<{ personId: string; tenantId: string }> {
    assertGoodPassword('password', password, [email, name, workspaceName]);
    const personId = await this.crossTenant.createAccount(email, name, await this.passwords.hash(password));
    if (!personId) throw new AppError('email_taken');
    return { personId, tenantId: await this.crossTenant.createWorkspace(personId, workspaceName, this.config.defaultPlan) };
  }

  /** Throws `invalid_credentials`, after the same work, whether the address or the password is wrong. */
  async signIn({ email, password }: z.output<typeof SignIn>): Promise<SignedIn> {
    const account = await this.crossTenant.accountByEmail(email);
    const isRight = await this.passwords.matches(password, account?.passwordHash);
    if (!account || !isRight) throw new AppError('invalid_credentials');
    return this.openSession(account.id);
  }

  /**
   * Rotates the refresh token. When two tabs come with the same one, the second gets an access token only: the first has
   * brought the successor already. A token that was replaced before ends the session, because somebody has a copy of it.
   * Throws `session_expired`.
   */
  async refresh(given: string | undefined): Promise<SignedIn> {
    const token = given ? this.refreshTokens.open(given) : null;
    if (!token) throw new AppError('session_expired');
    const successor = this.refreshTokens.newSecret();
    const rotation = await this.crossTenant.rotateSession(token.hash, this.refreshTokens.hashOf(successor));
    if (rotation.outcome === 'unknown' || rotation.outcome === 'reused') {
      await this.endSession(token.sessionId);
      throw new AppError('session_expired');
    }
    const { session_id: sessionId, person_id: personId } = rotation;
    const access = await this.tokens.issue({ personId, sessionId });
    const refresh = rotation.outcome === 'rotated' ? this.refreshTokens.seal(sessionId, successor) : undefined;
    return { me: await this.me(personId), tokens: { access, refresh } };
  }

  /** Ends the session that the cookies belong to; its open sockets fall silent. */
  async signOut(refreshToken: string | undefined, accessToken: string | undefined): Promise<void> {
    const claims = accessToken ? await this.tokens.verify(accessToken) : null;
    const sessionId = claims?.sessionId ?? (refreshToken ? this.refreshTokens.open(refreshToken)?.sessionId : undefined);
    if (sessionId) await this.endSession(sessionId);
    if (claims) await this.tellWorkspaces(claims.personId);
  }

  async me(personId: string): Promise<Me> {
    const person = found(await this.crossTenant.accountById(personId));
    const workspaces = await this.crossTenant.workspacesOf(personId);
    return {
      person: { id: person.id, email: person.email, name: person.name },
      workspaces: workspaces.map(({ tenant_id: id, name, role }) => ({ id, name, role })),
    };
  }

  /** Every other session ends, and so do their sockets. Throws `invalid_credentials`. */
  async changePassword(personId: string, sessionId: string, currentPassword: string, newPassword: string): Promise<void> {
    const account = found(await this.crossTenant.accountById(personId));
    if (!(await this.passwords.matches(currentPassword, account.passwordHash))) throw new AppError('invalid_credentials');
    assertGoodPassword('newPassword', newPassword, [account.email, account.name]);
    await this.crossTenant.setPassword(personId, await this.passwords.hash(newPassword));
    await this.crossTenant.revokeSessionsExcept(personId, sessionId);
    this.sessions.forget();
    await this.tellWorkspaces(personId);
  }

  private async openSession(personId: string): Promise<SignedIn> {
    const secret = this.refreshTokens.newSecret();
    const expiresAt = new Date(Date.now() + refreshSeconds * 1000);
    const sessionId = await this.crossTenant.openSession(personId, this.refreshTokens.hashOf(secret), expiresAt);
    const access = await this.tokens.issue({ personId, sessionId });
    return { me: await this.me(personId), tokens: { access, refresh: this.refreshTokens.seal(sessionId, secret) } };
  }

  private async endSession(sessionId: string): Promise<void> {
    await this.crossTenant.revokeSessionById(sessionId);
    this.sessions.forget();
  }

  private async tellWorkspaces(personId: string): Promise<void> {
    const workspaces = await this.crossTenant.workspacesOf(personId);
    await Promise.all(workspaces.map(({ tenant_id: tenantId }) => this.signals.send('access', tenantId)));
  }
}

function assertGoodPassword(field: string, password: string, context: string[]): void {
  const problem = judgePassword(password, context);
  if (problem) throw new AppError('invalid_request', { fields: [{ in: 'body', field, problem }] });
}
