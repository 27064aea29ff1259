import type {} from '@fastify/multipart';
import { AppError, type FastifyRequest } from '@docent/platform';

export interface Upload {
  name: string;
  content: Buffer;
}

/**
 * Reads the one `file` part of a multipart request to its end; an optional field `name` replaces the file's own name.
 * Throws invalid_request (broken, cut off, no file, several files), too_large or file_empty.
 */
export async function readUpload(request: FastifyRequest, maxBytes: number): Promise<Upload> {
  const { file, name } = await readParts(request, maxBytes).catch((cause: unknown) => {
    throw cause instanceof AppError ? cause : toRefusal(cause, maxBytes);
  });
  if (!file) throw wrongFile('one part named "file" is needed');
  if (file.content.length === 0) throw new AppError('file_empty');
  return { name: cleanName(name ?? file.name), content: file.content };
}

async function readParts(request: FastifyRequest, maxBytes: number): Promise<{ file: Upload | null; name: string | undefined }> {
  let file: Upload | null = null;
  let name: string | undefined;
  for await (const part of request.parts({ limits: { fileSize: maxBytes, files: 1, fields: 5, fieldSize: 1000, parts: 6 } })) {
    if (part.type === 'file') {
      const content = await part.toBuffer();
      if (part.fieldname !== 'file') throw wrongFile('one part named "file" is needed');
      file = { name: part.filename, content };
    } else if (part.fieldname === 'name' && typeof part.value === 'string') {
      name = part.value;
    }
  }
  return { file, name };
}

function toRefusal(cause: unknown, maxBytes: number): AppError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : '';
  if (code === 'FST_REQ_FILE_TOO_LARGE') return new AppError('too_large', { maxBytes }, { cause });
  if (code === 'FST_FILES_LIMIT' || code === 'FST_PARTS_LIMIT' || code === 'FST_FIELDS_LIMIT') return wrongFile('a request takes one file', cause);
  return wrongFile('the multipart body is broken', cause);
}

function wrongFile(problem: string, cause?: unknown): AppError {
  return new AppError('invalid_request', { fields: [{ in: 'body', field: 'file', problem }] }, { cause });
}

/** A file's name is shown, never used as a path. */
function cleanName(name: string): string {
  const last = name.split(/[\\/]/).pop() ?? '';
  // eslint-disable-next-line no-control-regex -- control characters are exactly what is removed
  return last.toWellFormed().replace(/[\u0000-\u001f\u007f]/g, '').trim().slice(0, 200).toWellFormed() || 'file';
}
