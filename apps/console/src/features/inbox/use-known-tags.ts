import { useMemo } from 'react';
import { routes } from '@docent/contracts';
import { useApiQuery } from '../../api/queries';

/** Tags that the latest conversations carry, by name; `also` is among them in any case. */
export function useKnownTags(also?: string): string[] {
  const latest = useApiQuery(routes.listInbox, { query: { view: 'all', limit: 100 } });
  return useMemo(() => {
    const tags = new Set(latest.data?.items.flatMap((item) => item.tags));
    if (also) tags.add(also);
    return [...tags].toSorted((a, b) => a.localeCompare(b));
  }, [latest.data, also]);
}
