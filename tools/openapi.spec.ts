import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { openApiFile, openApiText } from './openapi';

it('docs/openapi.json is what the contracts say (write it anew with: tsx tools/openapi.ts)', async () => {
  expect(await readFile(openApiFile, 'utf8')).toBe(openApiText());
});
