import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

const read = (path: string) => readFile(new URL(`../prisma/${path}`, import.meta.url), 'utf8');

it('the schema has no change that no migration has (npm run db:migration -- <name>); who writes one by hand copies the schema beside it', async () => {
  expect(await read('migrations/schema.prisma.migrated')).toBe(await read('schema.prisma'));
});
