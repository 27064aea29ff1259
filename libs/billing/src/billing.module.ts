import { Module } from '@nestjs/common';
import { RateLimitGuard } from './rate-limit.guard';
import { RequestRates } from './request-rates';
import { TenantPlans } from './tenant-plans';
import { UsageController } from './usage.controller';
import { UsageRepository } from './usage.repository';
import { UsageService } from './usage.service';

/** Plans, usage and limits. Needs TenantDb from a global module; `RATE_LIMITS` may be given there to change the rates. */
@Module({
  controllers: [UsageController],
  providers: [UsageService, UsageRepository, TenantPlans, RequestRates, RateLimitGuard],
  exports: [UsageService, TenantPlans, RequestRates, RateLimitGuard],
})
export class BillingModule {}
