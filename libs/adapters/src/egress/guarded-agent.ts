import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { EgressError } from '@docent/ports';
import { Agent, buildConnector } from 'undici';
import type { AddressJudge } from './address-judge';

export interface ResolvedAddress {
  address: string;
  family: number;
}

/** All addresses of a host name. */
export type Resolver = (hostname: string) => Promise<ResolvedAddress[]>;

export const systemResolver: Resolver = (hostname) => lookup(hostname, { all: true });

/**
 * Connections only where the judge allows them. The name is resolved once per connection, all answers are judged, and the
 * socket gets those same answers: there is no second look-up that could answer otherwise. Literal addresses never reach a
 * look-up and are judged before it. Redirects open connections here too, so they pass the same gate.
 */
export function guardedAgent(judge: AddressJudge, resolve: Resolver, connectTimeoutMs: number): Agent {
  const connect = buildConnector({ timeout: connectTimeoutMs, lookup: judgedLookup(judge, resolve) });
  return new Agent({
    keepAliveTimeout: 4000,
    connect: (options, callback) => {
      const host = options.hostname.replace(/^\[|\]$/gu, '');
      if (isIP(host) !== 0 && !judge.allowsAddress(host)) callback(notAllowed(), null);
      else connect(options, callback);
    },
  });
}

function judgedLookup(judge: AddressJudge, resolve: Resolver): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (answers) => {
        const [first] = answers;
        if (!first) callback(unknownName(), '', 0);
        else if (!answers.every(({ address }) => judge.allowsAddress(address))) callback(notAllowed(), '', 0);
        else if (options.all) callback(null, answers);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(unknownName(error), '', 0),
    );
  };
}

function notAllowed(): EgressError {
  return new EgressError('address_not_allowed', 'This address is not on the public internet.');
}

function unknownName(cause?: unknown): EgressError {
  return new EgressError('unreachable', 'The name of the server is not known.', { cause });
}
