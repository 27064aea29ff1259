import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleEntry } from '../bundle-entry';
import { leanPdfText } from './lean-pdf-text.mjs';

/** The reading process, built from source; see {@link bundleEntry}. */
export function bundleExtractionChild(): Promise<string> {
  return bundleEntry(join(dirname(fileURLToPath(import.meta.url)), 'extraction-child.entry.ts'), { packages: ['unpdf'], plugin: leanPdfText });
}
