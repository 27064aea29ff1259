import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { buildOpenApi } from '@docent/contracts/openapi';

/** Where the checked-in description stands. */
export const openApiFile = new URL('../docs/openapi.json', import.meta.url);

/** The description as it is checked in: for an installation at the default address, one line per value so that changes can be read. */
export function openApiText(): string {
  return `${JSON.stringify(buildOpenApi('http://localhost:3000'), null, 2)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(openApiFile, openApiText());
