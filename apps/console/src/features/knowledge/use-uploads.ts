import { useEffect, useSyncExternalStore } from 'react';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { routes } from '@docent/contracts';
import { markStale } from '../../api/queries';
import { uploadFile } from '../../api/upload-file';
import { useWorkspace } from '../../api/workspace';
import { UploadQueue, type UploadItem } from './upload-queue';

const queues = new Map<string, UploadQueue>();

/** The uploads of a bot. They go on while other pages of the console are open. */
export function useUploads(botId: string): { items: readonly UploadItem[]; queue: UploadQueue } {
  const workspaceId = useWorkspace().id;
  const queue = queueOf(useQueryClient(), workspaceId, botId);
  const items = useSyncExternalStore(queue.subscribe, queue.snapshot);
  const isBusy = items.some(({ state }) => state !== 'failed');
  useEffect(() => {
    if (!isBusy) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isBusy]);
  return { items, queue };
}

function queueOf(queryClient: QueryClient, workspaceId: string, botId: string): UploadQueue {
  const key = `${workspaceId}/${botId}`;
  let queue = queues.get(key);
  if (!queue) {
    queue = new UploadQueue(async (file, onProgress, signal) => {
      await uploadFile({ workspaceId, botId, file, onProgress, signal });
      await markStale(queryClient, workspaceId, routes.listSources, { botId });
    });
    queues.set(key, queue);
  }
  return queue;
}
