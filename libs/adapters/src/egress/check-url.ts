import { EgressError } from '@docent/ports';
import type { AddressJudge } from './address-judge';

/** The address as a URL that may be asked at all: web protocol, web port, no name and password in it. Throws `address_not_allowed`. */
export function checkUrl(url: string | URL, judge: AddressJudge): URL {
  const parsed = parse(url);
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') throw refuse('Only http and https addresses can be fetched.');
  if (parsed.username !== '' || parsed.password !== '') throw refuse('The address must not hold a user name or password.');
  if (!judge.allowsPort(Number(parsed.port))) throw refuse('Only the ports 80, 443, 8080 and 8443 can be fetched.');
  return parsed;
}

function parse(url: string | URL): URL {
  try {
    return new URL(url);
  } catch {
    throw refuse('This is not a web address.');
  }
}

function refuse(message: string): EgressError {
  return new EgressError('address_not_allowed', message);
}
