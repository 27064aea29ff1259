import type { Plan, Route } from '@docent/contracts';
import { routes } from '@docent/contracts';
import type { TenantContext } from '@docent/platform';

/** So many requests in so many seconds. */
export interface Rate {
  requests: number;
  seconds: number;
}

/** The rates that don't come from the plan. */
export interface RateLimits {
  /** Of one network (/24 or /64), for everybody who does not bring an API key. */
  network: Rate;
  /** Of one signed-in person, in all their workspaces. */
  person: Rate;
  apiKey: Rate;
  visitor: Rate;
  bot: Rate;
  /** Attempts to sign in, from one network. */
  signInByNetwork: Rate;
  /** Failed attempts to sign in to one account, from one network: a guesser runs into this one, and the owner elsewhere does not. */
  signInByAddress: Rate;
  /** Failed attempts to sign in to one account from all networks together, against guessing from many. */
  signInByAccount: Rate;
  signUpByNetwork: Rate;
  /** Failed attempts to change one's password: whoever sits at a foreign session may not guess the old one. */
  passwordByPerson: Rate;
  visitorSessionByNetwork: Rate;
  visitorSessionByBot: Rate;
  /** Files that one visitor, or one network, sends. */
  attachmentByVisitor: Rate;
  attachmentByNetwork: Rate;
  /** Filled forms. */
  leadByVisitor: Rate;
  leadByNetwork: Rate;
  /** Transcripts by e-mail, whatever the conversation: nobody makes a bot write to many people. */
  transcriptMailByVisitor: Rate;
  transcriptMailByNetwork: Rate;
}

/** Injection token for other rates than {@link defaultRateLimits}. */
export const RATE_LIMITS = Symbol('RATE_LIMITS');

/** Generous, so that an office behind one address isn't stopped; what costs money is limited by the plan. */
export const defaultRateLimits: RateLimits = {
  network: { requests: 12_000, seconds: 60 },
  person: { requests: 1_200, seconds: 60 },
  apiKey: { requests: 60_000, seconds: 60 },
  visitor: { requests: 240, seconds: 60 },
  bot: { requests: 12_000, seconds: 60 },
  signInByNetwork: { requests: 120, seconds: 300 },
  signInByAddress: { requests: 10, seconds: 300 },
  signInByAccount: { requests: 100, seconds: 3600 },
  signUpByNetwork: { requests: 100, seconds: 3600 },
  passwordByPerson: { requests: 10, seconds: 300 },
  visitorSessionByNetwork: { requests: 1_200, seconds: 60 },
  visitorSessionByBot: { requests: 3_000, seconds: 60 },
  attachmentByVisitor: { requests: 60, seconds: 600 },
  attachmentByNetwork: { requests: 300, seconds: 600 },
  leadByVisitor: { requests: 10, seconds: 600 },
  leadByNetwork: { requests: 100, seconds: 600 },
  transcriptMailByVisitor: { requests: 10, seconds: 3600 },
  transcriptMailByNetwork: { requests: 30, seconds: 3600 },
};

/** What is known about a request when it is counted. */
export interface CountedRequest {
  route: Route;
  /** See `networkPrefix()`. */
  network: string;
  ctx?: TenantContext;
  plan?: Plan;
  personId?: string;
  /** Of the address or the body; unchecked. */
  botId?: string;
  email?: string;
}

/** A counter and how high it may go. */
export interface Bucket {
  name: string;
  key: string;
  rate: Rate;
  /** A request that succeeds is given back afterwards: signing in often is no attack, failing often is. */
  failuresOnly?: true;
}

/**
 * The counters that a request counts on, narrowest first: one visitor meets their own limit before they use up what
 * belongs to the bot, the workspace or the network. The plan's requests per minute count what visitors and programs ask
 * for, not what they read (GET), and not the console.
 */
export function bucketsFor(request: CountedRequest, limits: RateLimits): Bucket[] {
  return [...routeBuckets(request, limits), ...callerBuckets(request, limits), ...networkBucket(request, limits)];
}

function routeBuckets({ route, network, email, botId, personId, ctx }: CountedRequest, limits: RateLimits): Bucket[] {
  switch (route.path) {
    case routes.signIn.path:
      return [
        ...(email
          ? [{ name: 'sign-in address', key: `${network} ${email}`, rate: limits.signInByAddress, failuresOnly: true as const }]
          : []),
        { name: 'sign-in network', key: network, rate: limits.signInByNetwork },
        ...(email ? [{ name: 'sign-in account', key: email, rate: limits.signInByAccount, failuresOnly: true as const }] : []),
      ];
    case routes.signUp.path:
      return [{ name: 'sign-up', key: network, rate: limits.signUpByNetwork }];
    case routes.changePassword.path:
      return personId ? [{ name: 'password', key: personId, rate: limits.passwordByPerson, failuresOnly: true }] : [];
    case routes.createVisitorSession.path:
      return [
        { name: 'visitor session network', key: network, rate: limits.visitorSessionByNetwork },
        ...(botId ? [{ name: 'visitor session bot', key: botId, rate: limits.visitorSessionByBot }] : []),
      ];
    case routes.createAttachment.path:
      return visitorBuckets('attachment', ctx, network, limits.attachmentByVisitor, limits.attachmentByNetwork);
    case routes.leaveLead.path:
      // The same address lists them for members.
      return route.method === 'POST' ? visitorBuckets('lead', ctx, network, limits.leadByVisitor, limits.leadByNetwork) : [];
    case routes.mailTranscript.path:
      return visitorBuckets('transcript mail', ctx, network, limits.transcriptMailByVisitor, limits.transcriptMailByNetwork);
    default:
      return [];
  }
}

/** Of what visitors do; a member or a program with a key is not counted here. */
function visitorBuckets(name: string, ctx: TenantContext | undefined, network: string, byVisitor: Rate, byNetwork: Rate): Bucket[] {
  if (ctx?.caller.kind !== 'visitor') return [];
  return [
    { name: `${name} visitor`, key: ctx.caller.visitorId, rate: byVisitor },
    { name: `${name} network`, key: network, rate: byNetwork },
  ];
}

function callerBuckets({ route, ctx, plan, personId, botId }: CountedRequest, limits: RateLimits): Bucket[] {
  if (personId) return [{ name: 'person', key: personId, rate: limits.person }];
  if (!ctx) return [];
  const perMinute = route.method === 'GET' ? null : (plan?.requestsPerMinute ?? null);
  const workspace =
    perMinute === null ? [] : [{ name: 'workspace', key: ctx.tenantId, rate: { requests: perMinute, seconds: 60 } }];
  if (ctx.caller.kind === 'key')
    return [{ name: 'key', key: ctx.caller.keyId, rate: limits.apiKey }, ...botBucket(botId, limits), ...workspace];
  if (ctx.caller.kind !== 'visitor') return [];
  // One visitor gets at most half of what the workspace has.
  const share =
    perMinute === null
      ? []
      : [{ name: 'visitor share', key: ctx.caller.visitorId, rate: { requests: Math.ceil(perMinute / 2), seconds: 60 } }];
  return [
    ...share,
    { name: 'visitor', key: ctx.caller.visitorId, rate: limits.visitor },
    ...botBucket(ctx.caller.botId, limits),
    ...workspace,
  ];
}

function botBucket(botId: string | undefined, limits: RateLimits): Bucket[] {
  return botId ? [{ name: 'bot', key: botId, rate: limits.bot }] : [];
}

/** Programs with a key call from a few servers, for all their own users: their network says nothing. */
function networkBucket({ network, ctx }: CountedRequest, limits: RateLimits): Bucket[] {
  return ctx?.caller.kind === 'key' ? [] : [{ name: 'network', key: network, rate: limits.network }];
}
