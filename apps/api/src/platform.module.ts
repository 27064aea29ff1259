import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import type { Logger } from 'pino';
import { CONFIG, CrossTenant, INSTALLATION, InstallationKey, LOGGER, REDIS, Signals, TenantDb, type Config, type DatabaseUrls, type Redis } from '@docent/platform';

export interface PlatformParts {
  config: Config;
  key: InstallationKey;
  urls: DatabaseUrls;
  signals: Signals;
  redis: Redis | null;
  /** Keeps installations on one Redis apart. */
  installation: string;
  logger: Logger;
}

/** What every feature stands on, made before the features are. */
@Global()
@Module({})
export class PlatformModule {
  static with({ config, key, urls, signals, redis, installation, logger }: PlatformParts): DynamicModule {
    const providers: Provider[] = [
      { provide: CONFIG, useValue: config },
      { provide: LOGGER, useValue: logger },
      { provide: InstallationKey, useValue: key },
      { provide: Signals, useValue: signals },
      { provide: REDIS, useValue: redis },
      { provide: INSTALLATION, useValue: installation },
      { provide: TenantDb, useFactory: () => new TenantDb({ appUrl: urls.app, poolSize: config.databasePoolSize }) },
      CrossTenant,
    ];
    return { module: PlatformModule, providers, exports: [CONFIG, LOGGER, REDIS, INSTALLATION, InstallationKey, Signals, TenantDb, CrossTenant] };
  }
}
