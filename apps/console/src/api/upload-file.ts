import { Source, routes } from '@docent/contracts';
import { addressOf, withRefresh } from './call';
import { networkError, toApiError } from './api-error';

export interface Upload {
  workspaceId: string;
  botId: string;
  file: File;
  /** Share of the bytes that have left, 0 to 1. */
  onProgress: (share: number) => void;
  signal: AbortSignal;
}

/** Sends one file as a new source. Progress is why this is XMLHttpRequest: fetch cannot tell how much has been sent. */
export function uploadFile(upload: Upload): Promise<Source> {
  return withRefresh(routes.createSource, () => send(upload));
}

function send({ workspaceId, botId, file, onProgress, signal }: Upload): Promise<Source> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', addressOf(routes.createSource, { params: { botId } }));
    request.setRequestHeader('docent-workspace', workspaceId);
    request.setRequestHeader('accept', 'application/json');
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onload = () => {
      if (request.status >= 300)
        return reject(toApiError(request.status, request.responseText, request.getResponseHeader('retry-after')));
      resolve(Source.parse(JSON.parse(request.responseText)));
    };
    request.onerror = () => reject(networkError());
    request.onabort = () => reject(new DOMException('The upload was stopped', 'AbortError'));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    const form = new FormData();
    form.append('file', file, file.name);
    request.send(form);
  });
}
