import { z } from 'zod';
import { Timestamp } from './common';
import { route } from './route';

export const planIds = ['free', 'starter', 'pro', 'scale', 'self_hosted'] as const;
export const PlanId = z.enum(planIds);
export type PlanId = z.infer<typeof PlanId>;

/** A limit of null is no limit. */
const Limit = z.number().int().nullable();

export const Plan = z.object({
  id: PlanId,
  name: z.string(),
  messagesPerMonth: Limit,
  requestsPerMinute: Limit,
  sources: Limit,
  storageBytes: Limit,
  bots: Limit,
  seats: Limit,
  /** The largest file that a visitor or an agent may attach to a message; 0: none. */
  attachmentBytes: z.number().int(),
  /** Whether the widget shows the powered-by line. */
  branding: z.boolean(),
});
export type Plan = z.infer<typeof Plan>;

export const Usage = z.object({
  plan: Plan,
  periodStart: Timestamp,
  periodEnd: Timestamp,
  /** Settled and still reserved messages of this month. */
  messages: z.object({ settled: z.number().int(), reserved: z.number().int(), limit: Limit }),
  sources: z.object({ used: z.number().int(), limit: Limit }),
  storageBytes: z.object({ used: z.number().int(), limit: Limit }),
  bots: z.object({ used: z.number().int(), limit: Limit }),
  seats: z.object({ used: z.number().int(), limit: Limit }),
});
export type Usage = z.infer<typeof Usage>;

export const billingRoutes = {
  usage: route({ method: 'GET', path: '/v1/usage', tag: 'Usage', summary: 'The plan and what is used of it this month', access: { session: 'viewer' }, status: 200, response: Usage }),
  listPlans: route({ method: 'GET', path: '/v1/plans', tag: 'Usage', summary: 'All plans with their limits', access: { account: true }, status: 200, response: z.object({ items: z.array(Plan) }) }),
} as const;
