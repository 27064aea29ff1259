import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { roles, type Role, type Workspace } from '@docent/contracts';

const WorkspaceContext = createContext<Workspace | null>(null);

/** Everything below works in this workspace. */
export function WorkspaceProvider({ workspace, children }: { workspace: Workspace; children: ReactNode }) {
  const { id, name, role } = workspace;
  const value = useMemo(() => ({ id, name, role }), [id, name, role]);
  return <WorkspaceContext value={value}>{children}</WorkspaceContext>;
}

/** The workspace of the page; throws outside of one. */
export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error('useWorkspace() needs a WorkspaceProvider above it');
  return workspace;
}

/** Whether the page stands in a workspace, with its frame around it. */
export function useIsInWorkspace(): boolean {
  return useContext(WorkspaceContext) !== null;
}

/** Whether the signed-in person may do what needs at least `role`. The server decides; this only hides what it would refuse. */
export function useCan(role: Role): boolean {
  return isAtLeast(useWorkspace().role, role);
}

function isAtLeast(mine: Role, needed: Role): boolean {
  return roles.indexOf(mine) >= roles.indexOf(needed);
}
