import { describe, expect, it } from 'vitest';
import type { Payments } from '../payments';

/** What every payments adapter promises. */
export function paymentsTests(name: string, open: () => Payments): void {
  describe(`payments: ${name}`, () => {
    it('knows no paid plan of a workspace that it never saw', async () => {
      expect(await open().currentPlanId({ tenantId: '00000000-0000-7000-8000-000000000000' })).toBeNull();
    });

    it('says whether plans are sold', () => {
      expect(open().sellsPlans).toBeTypeOf('boolean');
    });
  });
}
