import { useSyncExternalStore } from 'react';
import { routes, type Bot } from '@docent/contracts';
import { useApiPages, useApiQuery } from '../api/queries';
import { useWorkspace } from '../api/workspace';

export const setupSteps = ['bot', 'knowledge', 'try', 'domain', 'snippet'] as const;
export type SetupStep = (typeof setupSteps)[number];

export interface SetupProgress {
  bots: Bot[] | undefined;
  bot: Bot | undefined;
  isDone: Record<SetupStep, boolean>;
  /** The first step that is not done; null when the widget is ready. */
  next: SetupStep | null;
  isPending: boolean;
  error: Error | null;
  refetch: () => void;
}

/** How far a workspace is on its way to a working widget, read from what exists. Only copying the snippet is remembered in the browser. */
export function useSetupProgress(botId?: string): SetupProgress {
  const workspaceId = useWorkspace().id;
  const bots = useApiQuery(routes.listBots, {});
  const bot = bots.data?.items.find(({ id }) => id === botId) ?? mostAdvanced(bots.data?.items ?? []);
  const sources = useApiPages(
    routes.listSources,
    { params: { botId: bot?.id ?? '' }, query: { status: 'ready', limit: 1 } },
    { enabled: bot !== undefined },
  );
  const conversations = useApiPages(
    routes.listConversations,
    { query: { botId: bot?.id, limit: 1 } },
    { enabled: bot !== undefined },
  );
  const isCopied = useSyncExternalStore(snippetCopied.subscribe, () => snippetCopied.get(workspaceId));
  const isDone = {
    bot: bot !== undefined,
    knowledge: hasItems(sources.data),
    try: hasItems(conversations.data),
    domain: (bot?.allowedOrigins.length ?? 0) > 0,
    snippet: isCopied,
  };
  const isPending = bots.data === undefined || (bot !== undefined && (sources.isPending || conversations.isPending));
  return {
    bots: bots.data?.items,
    bot,
    isDone,
    next: setupSteps.find((step) => !isDone[step]) ?? null,
    isPending,
    error: bots.error,
    refetch: () => void bots.refetch(),
  };
}

/** The bot that is allowed somewhere already; otherwise the newest. */
function mostAdvanced(bots: readonly Bot[]): Bot | undefined {
  const newestFirst = bots.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
  return newestFirst.find(({ allowedOrigins }) => allowedOrigins.length > 0) ?? newestFirst[0];
}

function hasItems(data: { pages: { items: unknown[] }[] } | undefined): boolean {
  return data?.pages.some(({ items }) => items.length > 0) ?? false;
}

const listeners = new Set<() => void>();
const keyOf = (workspaceId: string) => `docent.snippet-copied.${workspaceId}`;

/** Whether the snippet was copied in this browser: the server cannot know. */
export const snippetCopied = {
  get(workspaceId: string): boolean {
    try {
      return localStorage.getItem(keyOf(workspaceId)) !== null;
    } catch {
      return false;
    }
  },
  set(workspaceId: string): void {
    try {
      localStorage.setItem(keyOf(workspaceId), 'yes');
    } catch {
      // Without storage the last step just stays open.
    }
    for (const listener of listeners) listener();
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
