const key = 'docent.workspace';

/** Remembers in this browser which workspace was open last. A browser without storage starts in the first one. */
export const lastWorkspace = {
  get(): string | null {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  set(workspaceId: string): void {
    try {
      localStorage.setItem(key, workspaceId);
    } catch {
      // Private windows may refuse storage; nothing depends on it.
    }
  },
};
