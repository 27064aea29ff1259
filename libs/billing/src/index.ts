export { BillingModule } from './billing.module';
export { planById, plans } from './plans';
export { RateLimitGuard } from './rate-limit.guard';
export { defaultRateLimits, RATE_LIMITS, type RateLimits } from './rate-limits';
export { networkPrefix } from './network-prefix';
export { RequestRates } from './request-rates';
export { TenantPlans } from './tenant-plans';
export { UsageService } from './usage.service';
export type { CountedResource } from './usage.repository';
