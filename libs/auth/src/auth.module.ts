import { Module } from '@nestjs/common';
import { BillingModule } from '@docent/billing';
import { AccessGuard } from './access.guard';
import { AccessTokens } from './access-tokens';
import { AccountController } from './account.controller';
import { AccountService } from './account.service';
import { ApiKeyWay } from './api-key.way';
import { ApiKeysController } from './api-keys.controller';
import { ApiKeysRepository } from './api-keys.repository';
import { ApiKeysService } from './api-keys.service';
import { ConsoleGateway } from './console.gateway';
import { InvitationsRepository } from './invitations.repository';
import { InvitationsService } from './invitations.service';
import { LiveApiKeys } from './live-api-keys';
import { LiveSessions } from './live-sessions';
import { MembersController } from './members.controller';
import { MembersRepository } from './members.repository';
import { MembersService } from './members.service';
import { PasswordHasher } from './password-hasher';
import { RefreshTokens } from './refresh-tokens';
import { SessionWay } from './session.way';
import { SocketAuth } from './socket-auth';
import { VisitorTokens } from './visitor-tokens';
import { VisitorWay } from './visitor.way';
import { WorkspacesController } from './workspaces.controller';
import { WorkspacesService } from './workspaces.service';

/** Accounts, workspaces, members, keys and visitors. Needs TenantDb, CrossTenant, Signals, InstallationKey, CONFIG, LOGGER and Mailer from global modules. */
@Module({
  imports: [BillingModule],
  controllers: [AccountController, WorkspacesController, MembersController, ApiKeysController],
  providers: [
    ...[AccessGuard, ApiKeyWay, VisitorWay, SessionWay],
    ...[AccessTokens, RefreshTokens, VisitorTokens, LiveApiKeys, LiveSessions, PasswordHasher],
    ...[AccountService, WorkspacesService, MembersService, MembersRepository, InvitationsService, InvitationsRepository],
    ...[ApiKeysService, ApiKeysRepository],
    ...[SocketAuth, ConsoleGateway],
  ],
  exports: [AccessGuard, AccountService, ApiKeysService, SocketAuth, VisitorTokens],
})
export class AuthModule {}
