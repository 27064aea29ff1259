import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import type { Logger } from 'pino';
import { CONFIG, CrossTenant, InstallationKey, LOGGER, Signals, TenantDb, type Config, type DatabaseUrls } from '@docent/platform';

export interface PlatformParts {
  config: Config;
  key: InstallationKey;
  urls: DatabaseUrls;
  signals: Signals;
  logger: Logger;
}

/** What every feature stands on, made before the features are. */
@Global()
@Module({})
export class PlatformModule {
  static with({ config, key, urls, signals, logger }: PlatformParts): DynamicModule {
    const providers: Provider[] = [
      { provide: CONFIG, useValue: config },
      { provide: LOGGER, useValue: logger },
      { provide: InstallationKey, useValue: key },
      { provide: Signals, useValue: signals },
      { provide: TenantDb, useFactory: () => new TenantDb({ appUrl: urls.app, poolSize: config.databasePoolSize }) },
      CrossTenant,
    ];
    return { module: PlatformModule, providers, exports: [CONFIG, LOGGER, InstallationKey, Signals, TenantDb, CrossTenant] };
  }
}
