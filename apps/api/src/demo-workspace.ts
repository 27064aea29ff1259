import { randomBytes } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { AccountService, ApiKeysService } from '@docent/auth';
import { BotsService } from '@docent/chat';
import { scopes } from '@docent/contracts';
import { SourcesService } from '@docent/knowledge';
import { AppError, CONFIG, systemContext, type Config } from '@docent/platform';

export interface DemoAccess {
  consoleUrl: string;
  demoUrl: string;
  email: string;
  password: string;
  botId: string;
  apiKey: string;
}

const email = 'owner@demo.example';

/** A workspace to look around in: its bot knows this product's own documentation. */
@Injectable()
export class DemoWorkspace {
  constructor(
    private readonly accounts: AccountService,
    private readonly keys: ApiKeysService,
    private readonly bots: BotsService,
    private readonly sources: SourcesService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Makes it on an empty database and writes the way in to `demo.json` (only its owner may read it). Null where it exists. */
  async create(docsFolder: string): Promise<DemoAccess | null> {
    if (await this.read()) return null;
    const password = randomBytes(12).toString('base64url');
    const owner = await this.accounts.createOwner({ email, password, name: 'Demo owner', workspaceName: 'Demo' }).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'email_taken') return null;
      throw error;
    });
    if (!owner) return null;
    const ctx = systemContext(owner.tenantId, 'demo');
    const { publicUrl } = this.config;
    const bot = await this.bots.create(ctx, {
      name: 'Docent guide',
      instructions: '',
      limitMessage: '',
      widget: {
        title: 'Ask about Docent',
        greeting: 'Hello! I answer from the documentation and show where each sentence comes from.',
        colour: '#3b5bdb',
        position: 'right',
        theme: 'auto',
        language: 'auto',
        suggestedQuestions: ['How do I put the widget on my site?', 'Which file formats can I upload?', 'How are tenants kept apart?'],
      },
      allowedOrigins: [new URL(publicUrl).origin],
      learning: true,
    });
    for (const file of await readdir(docsFolder)) {
      if (!file.endsWith('.md') || file === 'reference.md') continue;
      const page = basename(file, '.md');
      const text = await readFile(join(docsFolder, file), 'utf8');
      await this.sources.create(ctx, bot.id, { type: 'text', name: titleOf(page, text), text, url: `${publicUrl}/docs${page === 'index' ? '' : `/${page}`}` });
    }
    const key = await this.keys.create(ctx, 'Demo', [...scopes]);
    const access: DemoAccess = { ...this.addresses(), email, password, botId: bot.id, apiKey: key.secret };
    await writeFile(this.file, `${JSON.stringify(access, null, 2)}\n`, { mode: 0o600 });
    return access;
  }

  /** What an earlier start wrote, or null. */
  async read(): Promise<DemoAccess | null> {
    const text = await readFile(this.file, 'utf8').catch(() => null);
    // Port and address may be others than at the first start.
    return text === null ? null : { ...(JSON.parse(text) as DemoAccess), ...this.addresses() };
  }

  private addresses(): Pick<DemoAccess, 'consoleUrl' | 'demoUrl'> {
    return { consoleUrl: `${this.config.publicUrl}/`, demoUrl: `${this.config.publicUrl}/demo` };
  }

  private get file(): string {
    return join(this.config.dataDir, 'demo.json');
  }
}

function titleOf(page: string, markdown: string): string {
  return /^#\s+(.+)$/m.exec(markdown)?.[1]?.trim() ?? page;
}
