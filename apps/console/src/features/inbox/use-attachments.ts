import { useCallback, useEffect, useRef, useState } from 'react';
import type { Attachment } from '@docent/contracts';
import { uploadAttachment } from '../../api/upload-attachment';
import { useWorkspace } from '../../api/workspace';

/** What the server takes; it looks at the content and has the last word. */
export const attachable = 'image/png,image/jpeg,image/gif,image/webp,application/pdf';
const mostPerMessage = 5;

export interface AttachedFile {
  key: string;
  name: string;
  state: { kind: 'uploading' } | { kind: 'ready'; attachment: Attachment } | { kind: 'failed'; message: string };
}

/** Files that the next reply brings along; each is sent as soon as it is chosen. */
export function useAttachments(conversationId: string) {
  const workspaceId = useWorkspace().id;
  const [files, setFiles] = useState<AttachedFile[]>([]);
  const uploads = useRef(new Map<string, AbortController>());
  useEffect(() => {
    const running = uploads.current;
    return () => running.forEach((upload) => upload.abort());
  }, []);

  const add = useCallback(
    (chosen: File[]) => {
      for (const file of chosen.slice(0, mostPerMessage)) {
        const key = crypto.randomUUID();
        const upload = new AbortController();
        uploads.current.set(key, upload);
        setFiles((before) => [...before, { key, name: file.name, state: { kind: 'uploading' as const } }].slice(-mostPerMessage));
        const settle = (state: AttachedFile['state']) =>
          setFiles((before) => before.map((known) => (known.key === key ? { ...known, state } : known)));
        uploadAttachment(workspaceId, conversationId, file, upload.signal).then(
          (attachment) => settle({ kind: 'ready', attachment }),
          (error: unknown) => settle({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
        );
      }
    },
    [workspaceId, conversationId],
  );
  const remove = useCallback((key: string) => {
    uploads.current.get(key)?.abort();
    setFiles((before) => before.filter((known) => known.key !== key));
  }, []);
  const clear = useCallback(() => setFiles([]), []);
  const ready = files.flatMap(({ state }) => (state.kind === 'ready' ? [state.attachment] : []));
  const has = (kind: AttachedFile['state']['kind']) => files.some(({ state }) => state.kind === kind);
  return { files, ready, isUploading: has('uploading'), hasFailed: has('failed'), add, remove, clear };
}
export type Attachments = ReturnType<typeof useAttachments>;
