import ipaddr from 'ipaddr.js';

/**
 * The network that an address counts for: /24 of IPv4 and /64 of IPv6, because one visitor easily has many addresses of
 * such a network. An IPv4 address written as IPv6 counts as itself; what isn't an address stands for itself.
 */
export function networkPrefix(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return `${parsed.toByteArray().slice(0, 3).join('.')}.0/24`;
  const network = ipaddr.fromByteArray([...parsed.toByteArray().slice(0, 8), 0, 0, 0, 0, 0, 0, 0, 0]);
  return `${network.toString()}/64`;
}
