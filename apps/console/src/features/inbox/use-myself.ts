import { useCallback } from 'react';
import { useQuery } from '@tanstack/react-query';
import { routes, type AgentName } from '@docent/contracts';
import { meQuery } from '../../api/account';
import { useApiQuery } from '../../api/queries';

/** Tells the signed-in member from others. */
export function useIsMe(): (agent: AgentName | null | undefined) => boolean {
  const personId = useQuery(meQuery).data?.person.id;
  const members = useApiQuery(routes.listMembers, {});
  const memberId = members.data?.members.find((member) => member.personId === personId)?.id;
  return useCallback((agent) => agent != null && (agent.id === memberId || agent.id === personId), [memberId, personId]);
}
