import { ESLint } from 'eslint';
import { beforeAll, describe, expect, it } from 'vitest';

const eslint = new ESLint();

async function problems(filePath: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath });
  return result!.messages.map((message) => message.ruleId ?? message.message);
}

/** The lock is tried with wrong keys: each of these must be refused, and the right one must open. */
describe('module boundaries', () => {
  // The first look draws Nx's graph of the whole house, which takes longest.
  beforeAll(() => problems('libs/chat/src/probe.ts', ''), 300_000);

  const wrong: [string, string, string][] = [
    ['a contract that knows a feature', 'libs/contracts/src/probe.ts', `import { ChatModule } from '@docent/chat';\nexport const probe = ChatModule;\n`],
    ['knowledge that knows chat', 'libs/knowledge/src/probe.ts', `import { ChatModule } from '@docent/chat';\nexport const probe = ChatModule;\n`],
    ['a feature that knows an adapter', 'libs/chat/src/probe.ts', `import { EmbeddedIndex } from '@docent/adapters';\nexport const probe = EmbeddedIndex;\n`],
    ['a feature that knows auth', 'libs/chat/src/probe.ts', `import { AuthModule } from '@docent/auth';\nexport const probe = AuthModule;\n`],
    ['a port that knows the platform', 'libs/ports/src/probe.ts', `import { AppError } from '@docent/platform';\nexport const probe = AppError;\n`],
    ['the console that knows the server', 'apps/console/src/probe.ts', `import { AppError } from '@docent/platform';\nexport const probe = AppError;\n`],
  ];
  it.each(wrong)('refuse %s', async (_name, filePath, code) => {
    expect(await problems(filePath, code)).toContain('@nx/enforce-module-boundaries');
  });

  it('let a feature use what stands below it', async () => {
    expect(await problems('libs/chat/src/probe.ts', `import { RetrievalService } from '@docent/knowledge';\nexport const probe = RetrievalService;\n`)).toEqual([]);
  });

  it('refuse a second way out of the product', async () => {
    expect(await problems('libs/chat/src/probe.ts', `export const probe = () => fetch('https://example.com');\n`)).toContain('no-restricted-globals');
  });

  it.each(['pg', '@prisma/client'])('refuse a second way to the tables: %s', async (driver) => {
    expect(await problems('libs/chat/src/probe.ts', `import * as driver from '${driver}';\nexport const probe = driver;\n`)).toContain('no-restricted-imports');
  });

  it('refuse raw HTML', async () => {
    expect(await problems('apps/widget/src/probe.ts', `export const probe = (node: Element) => (node.innerHTML = '<b>');\n`)).toContain('no-restricted-properties');
  });
});
