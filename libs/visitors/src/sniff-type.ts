import { fileTypeFromBuffer } from 'file-type';

const allowed: Record<string, string> = {
  'image/png': 'image/png',
  'image/apng': 'image/png',
  'image/jpeg': 'image/jpeg',
  'image/gif': 'image/gif',
  'image/webp': 'image/webp',
  'application/pdf': 'application/pdf',
};

/** What the content says it is, whatever its name says; null where it is no picture (PNG, JPEG, GIF, WebP) and no PDF. */
export async function sniffType(content: Uint8Array): Promise<string | null> {
  const type = await fileTypeFromBuffer(content);
  return (type && allowed[type.mime]) ?? null;
}
