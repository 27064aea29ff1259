import ipaddr from 'ipaddr.js';

/**
 * Whether an IP address is on the public internet. IPv4: none of the special ranges of RFC 6890 and its successors. IPv6: global
 * unicast (2000::/3) outside the special ranges, so that everything that can carry an IPv4 address inside (mapped, compatible,
 * NAT64, 6to4, Teredo) is out, whatever it carries. False for text that is no address.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast' || answersInsideClouds.has(parsed.toString())) return false;
  return parsed.kind() === 'ipv4' || (parsed as ipaddr.IPv6).match(ipaddr.IPv6.parseCIDR('2000::/3'));
}

/** Addresses in public ranges that name the cloud's own machinery to every machine in it (Azure WireServer). */
const answersInsideClouds = new Set(['168.63.129.16']);
