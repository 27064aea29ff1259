import type { FastifyReply } from 'fastify';

/** What somebody uploaded is never a page of ours: always a download, never sniffed, never with our cookies' powers. */
export function sendDownload(reply: FastifyReply, { name, content }: { name: string; content: Uint8Array }): FastifyReply {
  return reply
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "sandbox; default-src 'none'")
    .type('application/octet-stream')
    .send(Buffer.from(content));
}
