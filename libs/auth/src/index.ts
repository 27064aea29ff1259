export { AccessGuard, OutsideContract } from './access.guard';
export { AccountService } from './account.service';
export { allowedCorsOrigin } from './allowed-cors-origin';
export { ApiKeysService } from './api-keys.service';
export { AuthModule } from './auth.module';
export { ConsoleGateway } from './console.gateway';
export { isOwnOrigin } from './request-origin';
export { SocketAuth } from './socket-auth';
export { VisitorTokens, type VisitorIdentity } from './visitor-tokens';
