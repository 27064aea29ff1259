import type { TenantScope } from './tenant-scope';

/** The payment provider. The embedded one offers nothing for sale: every workspace is on the self-hosted plan. */
export abstract class Payments {
  /** Whether plans are sold here. If not, nothing is limited. */
  abstract readonly sellsPlans: boolean;
  /** The plan that is paid for now, or null where none is. */
  abstract currentPlanId(scope: TenantScope): Promise<string | null>;
}
