import type { Socket } from 'socket.io';

/** Where a socket comes from; behind a trusted proxy what that says, as for requests. */
export function addressOf({ headers, address }: Socket['handshake'], trustProxy: boolean): string {
  const forwarded = headers['x-forwarded-for'];
  if (!trustProxy || forwarded === undefined) return address;
  return String(forwarded).split(',')[0]!.trim() || address;
}
