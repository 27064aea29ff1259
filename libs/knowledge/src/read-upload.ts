import type {} from '@fastify/multipart';
import { AppError, type FastifyRequest } from '@docent/platform';

export interface Upload {
  name: string;
  content: Buffer;
}

/** Reads the one `file` part of a multipart request; an optional field `name` before it replaces the file's own name. */
export async function readUpload(request: FastifyRequest, maxBytes: number): Promise<Upload> {
  const part = await request.file({ limits: { fileSize: maxBytes, files: 1, fields: 5, fieldSize: 1000, parts: 6 } }).catch((cause: unknown) => {
    throw new AppError('invalid_request', { fields: [{ in: 'body', field: 'file', problem: 'the multipart body is broken' }] }, { cause });
  });
  if (!part || part.fieldname !== 'file') throw new AppError('invalid_request', { fields: [{ in: 'body', field: 'file', problem: 'one part named "file" is needed' }] });
  const content = await part.toBuffer().catch((cause: unknown) => {
    throw new AppError('too_large', { maxBytes }, { cause });
  });
  if (part.file.truncated) throw new AppError('too_large', { maxBytes });
  if (content.length === 0) throw new AppError('file_empty');
  const given = part.fields.name;
  const name = given && 'value' in given && typeof given.value === 'string' ? given.value : part.filename;
  return { name: cleanName(name), content };
}

/** A file's name is shown, never used as a path. */
function cleanName(name: string): string {
  const last = name.split(/[\\/]/).pop() ?? '';
  // eslint-disable-next-line no-control-regex -- control characters are exactly what is removed
  return last.toWellFormed().replace(/[\u0000-\u001f\u007f]/g, '').trim().slice(0, 200) || 'file';
}
