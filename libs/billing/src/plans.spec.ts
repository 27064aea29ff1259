import { describe, expect, it } from 'vitest';
import { Plan, planIds } from '@docent/contracts';
import { planById, plans } from './plans';

const limits = ['messagesPerMonth', 'requestsPerMinute', 'sources', 'storageBytes', 'bots', 'seats'] as const;

describe('plans', () => {
  it.each(planIds)('%s has the form of the contract and its own id', (id) => {
    expect(Plan.parse(plans[id])).toEqual(plans[id]);
    expect(plans[id].id).toBe(id);
  });

  it.each(limits)('gives more %s with each step', (limit) => {
    const steps = planIds.map((id) => plans[id][limit] ?? Infinity);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(new Set(steps).size).toBe(steps.length);
  });

  it('limits nothing on an installation of one’s own', () => {
    expect(limits.map((limit) => plans.self_hosted[limit])).toEqual(limits.map(() => null));
    expect(plans.self_hosted.branding).toBe(false);
  });

  it('knows no other plan', () => {
    expect(() => planById('toString')).toThrow('There is no plan');
  });
});
