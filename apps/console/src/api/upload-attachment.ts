import { Attachment, routes } from '@docent/contracts';
import { networkError, toApiError } from './api-error';
import { addressOf, withRefresh } from './call';

/** Sends one file into a conversation; a message then names its id. Throws `ApiError` for every refusal. */
export function uploadAttachment(workspaceId: string, conversationId: string, file: File, signal: AbortSignal): Promise<Attachment> {
  const address = addressOf(routes.createAttachment, { params: { conversationId } });
  return withRefresh(routes.createAttachment, async () => {
    const body = new FormData();
    body.append('file', file, file.name);
    const headers = { 'docent-workspace': workspaceId, accept: 'application/json' };
    const response = await fetch(address, { method: 'POST', body, headers, credentials: 'same-origin', signal }).catch((error: unknown) => {
      throw signal.aborted ? error : networkError();
    });
    if (!response.ok) throw toApiError(response.status, await response.text(), response.headers.get('retry-after'));
    return Attachment.parse(await response.json());
  });
}
