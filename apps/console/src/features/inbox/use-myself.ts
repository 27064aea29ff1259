import { useCallback } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { AgentName } from '@docent/contracts';
import { meQuery } from '../../api/account';

/** Tells the signed-in member from others. */
export function useIsMe(): (agent: AgentName | null | undefined) => boolean {
  const personId = useQuery(meQuery).data?.person.id;
  return useCallback((agent) => agent != null && agent.id === personId, [personId]);
}
