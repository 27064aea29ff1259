import { z } from 'zod';
import { Id, storableText } from './common';
import { route } from './route';

/** A picture or PDF in a conversation. Its type is what its content says; it is always served as a download. */
export const Attachment = z.object({ id: Id, name: storableText(200), mediaType: z.string(), sizeBytes: z.number().int() });
export type Attachment = z.infer<typeof Attachment>;

/** Attachments that a message brings along; each belongs to one message. */
export const attachmentIds = z.array(Id).max(5).optional();

const ConversationParams = z.object({ conversationId: Id });

export const attachmentRoutes = {
  createAttachment: route({ method: 'POST', path: '/v1/conversations/{conversationId}/attachments', tag: 'Chat', summary: 'Upload a picture (PNG, JPEG, GIF, WebP) or PDF; a message then names its id', access: { visitor: true, key: 'chat', session: 'agent' }, params: ConversationParams, multipart: true, status: 201, response: Attachment, errors: ['limit_reached', 'too_large', 'unsupported_file', 'file_broken', 'file_empty'] }),
  getAttachment: route({ method: 'GET', path: '/v1/conversations/{conversationId}/attachments/{attachmentId}', tag: 'Chat', summary: 'The file, always as attachment', access: { visitor: true, key: 'chat', session: 'viewer' }, params: ConversationParams.extend({ attachmentId: Id }), status: 200, produces: 'application/octet-stream' }),
} as const;
