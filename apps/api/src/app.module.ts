import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import type { Logger } from 'pino';
import type { OnnxEmbedder } from '@docent/adapters';
import { AccessGuard, AuthModule } from '@docent/auth';
import { BillingModule, RateLimitGuard } from '@docent/billing';
import { ChatModule } from '@docent/chat';
import { InboxModule } from '@docent/inbox';
import { KnowledgeModule } from '@docent/knowledge';
import { ErrorFilter, LOGGER, ParseInputInterceptor } from '@docent/platform';
import { VisitorsModule } from '@docent/visitors';
import { AdaptersModule } from './adapters.module';
import { DemoWorkspace } from './demo-workspace';
import { PlatformModule, type PlatformParts } from './platform.module';
import type { ProductParts } from './product-parts';
import { ReaderWatch } from './reader-watch';
import { ServiceController } from './service.controller';
import { ConversationsGateway } from './sockets/conversations.gateway';
import { Worker, WORKER_URL } from './worker';

/** The whole product. Global guards run in the order in which they stand here: who is it, is it too much; then the input is parsed. */
@Module({})
export class AppModule {
  static with(platform: PlatformParts, parts: ProductParts, localModel: OnnxEmbedder | null): DynamicModule {
    return {
      module: AppModule,
      imports: [PlatformModule.with(platform), AdaptersModule.with(platform.config, parts, localModel), AuthModule, BillingModule, KnowledgeModule, ChatModule, InboxModule, VisitorsModule],
      controllers: [ServiceController],
      providers: [
        { provide: APP_GUARD, useExisting: AccessGuard },
        { provide: APP_GUARD, useExisting: RateLimitGuard },
        { provide: APP_INTERCEPTOR, useClass: ParseInputInterceptor },
        { provide: APP_FILTER, inject: [LOGGER], useFactory: (logger: Logger) => new ErrorFilter(logger) },
        { provide: WORKER_URL, useValue: platform.urls.jobs },
        Worker,
        ConversationsGateway,
        ReaderWatch,
        DemoWorkspace,
      ],
    };
  }
}
