import { Injectable } from '@nestjs/common';
import type { Scope } from '@docent/contracts';
import { CrossTenant } from '@docent/platform';

/** A key that was found, and what it may do. */
export interface LiveApiKey {
  tenant_id: string;
  id: string;
  scopes: Scope[];
}

const trustedForMs = 1_000;
const mostRemembered = 10_000;

/**
 * Keys that have not been revoked, by the hash of their secret. A living one is believed for one second: a revoked key is out at once in
 * the process that revoked it and within a second in every other, and a busy program costs one look-up per second. What was not found
 * is not remembered.
 */
@Injectable()
export class LiveApiKeys {
  private readonly known = new Map<string, { key: Promise<LiveApiKey | null>; until: number }>();

  constructor(private readonly crossTenant: CrossTenant) {}

  find(secretHash: Buffer): Promise<LiveApiKey | null> {
    const name = secretHash.toString('base64');
    const remembered = this.known.get(name);
    if (remembered && remembered.until > Date.now()) return remembered.key;
    if (this.known.size >= mostRemembered) this.known.clear();
    // The second counts from before the question, because the answer is as old as that.
    const entry = { key: this.crossTenant.apiKeyByHash(secretHash), until: Date.now() + trustedForMs };
    this.known.set(name, entry);
    const forget = () => this.known.get(name) === entry && this.known.delete(name);
    entry.key.then((key) => key === null && forget(), forget);
    return entry.key;
  }

  /** This process knows already that a key has been revoked; an answer that is still on its way is not remembered either. */
  forget(): void {
    this.known.clear();
  }
}
