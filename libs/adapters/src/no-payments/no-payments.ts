import { Payments } from '@docent/ports';

/** Nothing is sold here: every workspace is on the self-hosted plan. */
export class NoPayments extends Payments {
  override readonly sellsPlans = false;

  override currentPlanId(): Promise<string | null> {
    return Promise.resolve(null);
  }
}
