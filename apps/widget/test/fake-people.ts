import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FakeConversation } from './fake-conversation';
import type { FakeServer } from './fake-server';
import { json, refuse } from './reply';

/** Routes about people, files and the end of a conversation; false where it is none of them. */
export function servePeople(
  server: FakeServer,
  conversation: FakeConversation,
  request: IncomingMessage,
  response: ServerResponse,
  what: string,
  id: string | undefined,
  body: Record<string, string>,
): boolean {
  const done = () => (json(response, 200, { ok: true }), true);
  if (what === 'person') {
    if (request.method === 'DELETE') conversation.handOver('bot', 'visitor_cancelled', '');
    else
      conversation.handOver('waiting', 'visitor_asked', 'I have asked a person to join. You can go on asking me meanwhile.', {
        promisedSeconds: 120,
      });
    return done();
  }
  if (what === 'visitor') return (conversation.sightings.push(body), done());
  if (what === 'satisfaction') return ((conversation.satisfaction = body), done());
  if (what === 'transcript-mail') return (server.mails.push(body.email), done());
  if (what !== 'attachments') return false;
  if (request.method === 'GET') {
    response
      .writeHead(200, { 'content-type': 'application/octet-stream', 'content-disposition': 'attachment' })
      .end(server.files.get(id!)!.content);
    return true;
  }
  const [, name] = /filename="([^"]*)"/.exec(body.multipart!)!;
  if (/huge/.test(name!)) return (refuse(response, 413, 'too_large', 'This is larger than allowed.'), true);
  const file = { id: randomUUID(), name: name!, mediaType: 'image/png', sizeBytes: body.multipart!.length };
  server.files.set(file.id, { name: name!, content: body.multipart! });
  json(response, 201, file);
  return true;
}
