import { describe, expect, it } from 'vitest';
import { routes } from '@docent/contracts';
import type { TenantContext } from '@docent/platform';
import { plans } from './plans';
import { bucketsFor, defaultRateLimits, type CountedRequest } from './rate-limits';

const tenantId = 'tenant';
const visitor: TenantContext = { tenantId, caller: { kind: 'visitor', visitorId: 'visitor', botId: 'bot' } };
const program: TenantContext = { tenantId, caller: { kind: 'key', keyId: 'key', scopes: ['chat'] } };
const ask: CountedRequest = { route: routes.sendMessage, network: '192.0.2.0/24', ctx: visitor, plan: plans.free };
const names = (request: CountedRequest) => bucketsFor(request, defaultRateLimits).map((bucket) => bucket.name);

describe('bucketsFor', () => {
  it('counts a question by visitor, bot, workspace and network together, the narrowest first', () => {
    expect(names(ask)).toEqual(['visitor share', 'visitor', 'bot', 'workspace', 'network']);
  });

  it('leaves one visitor at most half of the plan’s requests', () => {
    const [share] = bucketsFor(ask, defaultRateLimits);
    expect(share).toMatchObject({ key: 'visitor', rate: { requests: 5, seconds: 60 } });
  });

  it('counts reading on no plan', () => {
    expect(names({ ...ask, route: routes.followEvents })).toEqual(['visitor', 'bot', 'network']);
  });

  it('counts a program by key and workspace, and not by the network of its servers', () => {
    expect(names({ ...ask, ctx: program, botId: 'bot' })).toEqual(['key', 'bot', 'workspace']);
    expect(names({ ...ask, ctx: program, plan: plans.self_hosted })).toEqual(['key']);
  });

  it('keeps the console off the plan', () => {
    const member: TenantContext = {
      tenantId,
      caller: { kind: 'member', personId: 'person', sessionId: 'session', role: 'owner' },
    };
    expect(names({ ...ask, route: routes.createBot, ctx: member, personId: 'person' })).toEqual(['person', 'network']);
  });

  it('counts sign-in by account and network, together and alone', () => {
    expect(names({ route: routes.signIn, network: 'n', email: 'a@example.com' })).toEqual([
      'sign-in address',
      'sign-in network',
      'sign-in account',
      'network',
    ]);
    expect(names({ route: routes.signIn, network: 'n' })).toEqual(['sign-in network', 'network']);
    expect(names({ route: routes.signUp, network: 'n', email: 'a@example.com' })).toEqual(['sign-up', 'network']);
    expect(names({ route: routes.createVisitorSession, network: 'n', botId: 'bot' })).toEqual([
      'visitor session network',
      'visitor session bot',
      'network',
    ]);
  });

  it('lets two hundred conversations begin at once from one address on an unlimited plan', () => {
    expect(defaultRateLimits.visitorSessionByNetwork.requests).toBeGreaterThanOrEqual(1_000);
    expect(defaultRateLimits.network.requests).toBeGreaterThanOrEqual(10_000);
  });
});
