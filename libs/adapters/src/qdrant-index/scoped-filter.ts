import type { TenantScope } from '@docent/ports';

/** Which points are meant. */
export interface Filter {
  must: object[];
}

/** The one place where a filter is made: nothing is read or removed without tenant and bot. `also`: further conditions. */
export function scoped(scope: TenantScope, botId: string, also: object[] = []): Filter {
  return { must: [{ key: 'tenant', match: { value: scope.tenantId } }, { key: 'bot', match: { value: botId } }, ...also] };
}

export const ofSource = (sourceId: string): object => ({ key: 'source', match: { value: sourceId } });
/** One of these passages. */
export const ofChunks = (chunkIds: string[]): object => ({ key: 'chunk', match: { any: chunkIds } });
export const ofKind = (kind: 'passage' | 'whole' | 'window'): object => ({ key: 'kind', match: { value: kind } });
export const ofSet = (set: string): object => ({ key: 'set', match: { value: set } });
/** Of any other set than this. */
export const ofOtherSets = (set: string): object => ({ must_not: [ofSet(set)] });
