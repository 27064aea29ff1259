import type { TenantScope } from './tenant-scope';

/** Keeps uploaded files. Keys are made by the server (ids, never names of files). */
export abstract class FileStorage {
  /** Writes the whole or nothing; replaces what was there. */
  abstract put(scope: TenantScope, key: string, content: Uint8Array): Promise<void>;
  /** Null where there is no such file. */
  abstract get(scope: TenantScope, key: string): Promise<Uint8Array | null>;
  /** Says whether there was something to remove. */
  abstract remove(scope: TenantScope, key: string): Promise<boolean>;
  /** Removes everything of a tenant. */
  abstract removeAll(scope: TenantScope): Promise<void>;
}
