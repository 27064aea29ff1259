import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { findProductParts } from '../../src/product-parts';

export interface GoodFile {
  file: string;
  must_contain: string[];
  must_not_contain?: string[];
  page_facts: { page: number; text: string }[];
  pages?: number;
}

export interface HostileFile {
  file: string;
  expect: 'reject' | 'accept' | 'either';
  must_contain?: string[];
  must_contain_if_accepted?: string[];
  must_not_contain?: string[];
  must_not_create?: string[];
}

const folder = join(findProductParts().root, '../shared/files');

/** The real files lie beside the working copy; a clone alone has none. */
export const hasSharedFiles = existsSync(join(folder, 'facts.json'));
export const skipped = hasSharedFiles ? '' : ` (skipped: no files under ${folder})`;

export const goodFiles: GoodFile[] = hasSharedFiles ? (JSON.parse(readFileSync(join(folder, 'facts.json'), 'utf8')) as GoodFile[]) : [];
export const hostileFiles: HostileFile[] = hasSharedFiles ? (JSON.parse(readFileSync(join(folder, 'hostile.json'), 'utf8')) as { files: HostileFile[] }).files : [];

export function readShared(file: string): { name: string; file: Uint8Array<ArrayBuffer> } {
  return { name: basename(file), file: new Uint8Array(readFileSync(join(folder, file))) };
}

/** As the facts want to be compared: after NFKC, lower case, letters and digits only. */
export function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
