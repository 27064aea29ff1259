import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { AccountService, ApiKeysService } from '@docent/auth';
import { BotsService } from '@docent/chat';
import { scopes } from '@docent/contracts';
import { SourcesService } from '@docent/knowledge';
import { AppError, CONFIG, CrossTenant, systemContext, type Config, type TenantContext } from '@docent/platform';
import { DemoFiles, type DemoAccess } from './demo-files';

const workspaceName = 'Demo';
const email = 'owner@demo.example';

/** A workspace to look around in: its bot knows this product's own documentation. */
@Injectable()
export class DemoWorkspace {
  private readonly files: DemoFiles;

  constructor(
    private readonly accounts: AccountService,
    private readonly crossTenant: CrossTenant,
    private readonly keys: ApiKeysService,
    private readonly bots: BotsService,
    private readonly sources: SourcesService,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.files = new DemoFiles(config.dataDir);
  }

  /**
   * Makes it where nobody has an account yet (`isEmpty`), or where the start that began it was ended in between, and writes the way in to
   * `demo.json`. Null where there is nothing to make.
   */
  async create(docsFolder: string, isEmpty: boolean): Promise<DemoAccess | null> {
    const begunWith = await this.files.begunWith();
    const isDone = !isEmpty && (begunWith === null || (await this.read()) !== null);
    const access = isDone ? null : await this.make(docsFolder, begunWith ?? randomBytes(12).toString('base64url'));
    await this.files.done();
    return access;
  }

  /** What an earlier start wrote, or null. */
  async read(): Promise<DemoAccess | null> {
    const written = await this.files.read();
    // Port and address may be others than at the first start.
    return written && { ...written, ...this.addresses() };
  }

  /** The same, and `demo.json` names today's addresses. */
  async present(): Promise<DemoAccess | null> {
    const access = await this.read();
    if (access && JSON.stringify(access) !== JSON.stringify(await this.files.read())) await this.files.write(access);
    return access;
  }

  private async make(docsFolder: string, password: string): Promise<DemoAccess | null> {
    await this.files.begin(password);
    const tenantId = await this.enterWorkspace(password);
    if (tenantId === null) return null;
    const ctx = systemContext(tenantId, 'demo');
    // What a start that was ended in between has left.
    for (const { id } of (await this.bots.list(ctx)).items) await this.bots.remove(ctx, id);
    const botId = await this.makeBot(ctx);
    await this.addDocs(ctx, botId, docsFolder);
    const key = await this.keys.create(ctx, workspaceName, [...scopes]);
    const access: DemoAccess = { ...this.addresses(), email, password, botId, apiKey: key.secret };
    await this.files.write(access);
    return access;
  }

  /** The owner's workspace, made where it is missing; null where somebody else has the account. */
  private async enterWorkspace(password: string): Promise<string | null> {
    const made = await this.accounts.createOwner({ email, password, name: 'Demo owner', workspaceName }).catch(nullAt('email_taken'));
    if (made) return made.tenantId;
    const owner = await this.accounts.signIn({ email, password }).catch(nullAt('invalid_credentials'));
    if (!owner) return null;
    const { me, tokens } = owner;
    await this.accounts.signOut(tokens.refresh, tokens.access);
    return me.workspaces[0]?.id ?? this.crossTenant.createWorkspace(me.person.id, workspaceName, this.config.defaultPlan);
  }

  private async makeBot(ctx: TenantContext): Promise<string> {
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
      allowedOrigins: [new URL(this.config.publicUrl).origin],
      learning: true,
    });
    return bot.id;
  }

  private async addDocs(ctx: TenantContext, botId: string, docsFolder: string): Promise<void> {
    for (const file of await readdir(docsFolder)) {
      if (!file.endsWith('.md') || file === 'reference.md') continue;
      const page = basename(file, '.md');
      const text = await readFile(join(docsFolder, file), 'utf8');
      await this.sources.create(ctx, botId, { type: 'text', name: titleOf(page, text), text, url: `${this.config.publicUrl}/docs${page === 'index' ? '' : `/${page}`}` });
    }
  }

  private addresses(): Pick<DemoAccess, 'consoleUrl' | 'demoUrl'> {
    return { consoleUrl: `${this.config.publicUrl}/`, demoUrl: `${this.config.publicUrl}/demo` };
  }
}

/** For refusals that are an answer here. */
function nullAt(code: AppError['code']): (error: unknown) => null {
  return (error) => {
    if (error instanceof AppError && error.code === code) return null;
    throw error;
  };
}

function titleOf(page: string, markdown: string): string {
  return /^#\s+(.+)$/m.exec(markdown)?.[1]?.trim() ?? page;
}
