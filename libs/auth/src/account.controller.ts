import { Controller, Inject, Req, Res } from '@nestjs/common';
import { routes, type InputOf, type Me } from '@docent/contracts';
import { CONFIG, Handle, Input, PersonId, type Config, type FastifyReply, type FastifyRequest } from '@docent/platform';
import { AccountService, type SignedIn } from './account.service';
import { accessCookie, cookiesFor, expiredCookies, refreshCookie } from './session-cookies';

@Controller()
export class AccountController {
  private readonly secure: boolean;

  constructor(
    private readonly accounts: AccountService,
    @Inject(CONFIG) config: Config,
  ) {
    this.secure = config.publicUrl.startsWith('https:');
  }

  @Handle(routes.signUp)
  async signUp(@Input() { body }: InputOf<typeof routes.signUp>, @Res({ passthrough: true }) reply: FastifyReply): Promise<Me> {
    return this.remember(reply, await this.accounts.signUp(body));
  }

  @Handle(routes.signIn)
  async signIn(@Input() { body }: InputOf<typeof routes.signIn>, @Res({ passthrough: true }) reply: FastifyReply): Promise<Me> {
    return this.remember(reply, await this.accounts.signIn(body));
  }

  @Handle(routes.refresh)
  async refresh(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<Me> {
    const token = refreshCookie(request.headers.cookie);
    // Set first and replaced on success: a session that can't be continued leaves no cookie behind.
    void reply.header('set-cookie', expiredCookies(this.secure));
    return this.remember(reply, await this.accounts.refresh(token));
  }

  @Handle(routes.signOut)
  async signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<{ ok: true }> {
    await this.accounts.signOut(refreshCookie(request.headers.cookie), accessCookie(request.headers.cookie));
    void reply.header('set-cookie', expiredCookies(this.secure));
    return { ok: true };
  }

  @Handle(routes.me)
  me(@PersonId() personId: string): Promise<Me> {
    return this.accounts.me(personId);
  }

  @Handle(routes.changePassword)
  async changePassword(
    @PersonId() personId: string,
    @Req() request: FastifyRequest,
    @Input() { body }: InputOf<typeof routes.changePassword>,
  ): Promise<{ ok: true }> {
    await this.accounts.changePassword(personId, request.docent.sessionId!, body.currentPassword, body.newPassword);
    return { ok: true };
  }

  private remember(reply: FastifyReply, { me, tokens }: SignedIn): Me {
    void reply.removeHeader('set-cookie');
    void reply.header('set-cookie', cookiesFor(tokens, this.secure));
    return me;
  }
}
