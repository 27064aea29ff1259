import { planIds, type Plan, type PlanId } from '@docent/contracts';

const megabyte = 1024 * 1024;

/** Every plan with its limits. A limit of null is no limit. */
export const plans: Readonly<Record<PlanId, Plan>> = {
  free: {
    id: 'free',
    name: 'Free',
    messagesPerMonth: 100,
    requestsPerMinute: 10,
    sources: 10,
    storageBytes: 20 * megabyte,
    bots: 1,
    seats: 1,
    attachmentBytes: 2 * megabyte,
    branding: true,
  },
  starter: {
    id: 'starter',
    name: 'Starter',
    messagesPerMonth: 1_500,
    requestsPerMinute: 60,
    sources: 200,
    storageBytes: 500 * megabyte,
    bots: 2,
    seats: 3,
    attachmentBytes: 5 * megabyte,
    branding: true,
  },
  pro: {
    id: 'pro',
    name: 'Pro',
    messagesPerMonth: 10_000,
    requestsPerMinute: 300,
    sources: 2_000,
    storageBytes: 5_000 * megabyte,
    bots: 10,
    seats: 10,
    attachmentBytes: 10 * megabyte,
    branding: false,
  },
  scale: {
    id: 'scale',
    name: 'Scale',
    messagesPerMonth: 60_000,
    requestsPerMinute: 1_200,
    sources: 20_000,
    storageBytes: 50_000 * megabyte,
    bots: 50,
    seats: 50,
    attachmentBytes: 20 * megabyte,
    branding: false,
  },
  self_hosted: {
    id: 'self_hosted',
    name: 'Self-hosted',
    messagesPerMonth: null,
    requestsPerMinute: null,
    sources: null,
    storageBytes: null,
    bots: null,
    seats: null,
    attachmentBytes: 20 * megabyte,
    branding: false,
  },
};

/** The plan of a stored id; throws where the id is none of ours, because then the row is wrong. */
export function planById(id: string): Plan {
  const planId = planIds.find((known) => known === id);
  if (!planId) throw new Error(`There is no plan "${id}".`);
  return plans[planId];
}
