import type { Attachment } from '@docent/contracts';

const previewLength = 140;

/** The one line that stands for a message in a list: without citation marks; the files where there is no text. */
export function previewOf(text: string, attachments: Attachment[] = []): string {
  const line = text.replace(/\s*\[(?:\d+|\?)\]/g, '').replace(/\s+/g, ' ').trim();
  return (line || attachments.map(({ name }) => name).join(', ')).slice(0, previewLength).toWellFormed();
}
