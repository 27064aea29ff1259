import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { build } from 'vite';
import { startScriptedServer, type ScriptedServer } from '../../../console/test/scripted-server';

const home = join(fileURLToPath(import.meta.url), '../../../../..');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Where pictures are kept for people to look at. */
const pictures = process.env.PICTURES && process.env.PICTURES !== '1' ? process.env.PICTURES : '.test/pictures';

export interface Look {
  width: number;
  height: number;
  colours: 'light' | 'dark';
  touch?: boolean;
}

/** What of axe depends on the colours: in another scheme, nothing else of a page changes. */
const aboutColours = ['color-contrast', 'link-in-text-block'];

/** The console against a scripted server of its own, in a browser of its own, under the policy that the product sends. */
export class ScriptedConsole {
  /** What the browser complained about: exceptions and breaches of the content-security policy. */
  readonly complaints: string[] = [];

  private constructor(
    readonly page: Page,
    readonly context: BrowserContext,
    private readonly server: ScriptedServer,
    private readonly devtools: CDPSession,
  ) {}

  /** Builds the console where it was not built yet. Nobody is signed in. Whoever opens closes. */
  static async open(browser: Browser, look: Look): Promise<ScriptedConsole> {
    if (!existsSync(join(home, 'dist/console/index.html'))) await build({ root: join(home, 'apps/console'), logLevel: 'error' });
    const server = await startScriptedServer();
    const context = await browser.newContext({ reducedMotion: 'reduce', permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await context.newPage();
    const opened = new ScriptedConsole(page, context, server, await context.newCDPSession(page));
    opened.listen();
    await opened.wear(look);
    return opened;
  }

  get address(): string {
    return this.server.address;
  }

  async close(): Promise<void> {
    await this.context.close();
    await this.server.close();
  }

  /** Signed in without the form. */
  async signIn(): Promise<void> {
    await this.context.addCookies([
      { name: 'docent_access', value: 'yes', url: this.address, httpOnly: true },
      { name: 'docent_refresh', value: 'yes', domain: 'localhost', path: '/v1/auth', httpOnly: true },
    ]);
  }

  /**
   * Changes the open page into another look, as turning a phone or switching the system to dark would, and waits until the page wears it, or
   * the appearance that was chosen in it: it is told a moment later, and what looks still before that has its fading before it.
   */
  async wear({ width, height, colours, touch = false }: Look): Promise<void> {
    await this.page.setViewportSize({ width, height });
    await this.page.emulateMedia({ colorScheme: colours });
    await this.devtools.send('Emulation.setTouchEmulationEnabled', { enabled: touch });
    if (this.page.url() === 'about:blank') return;
    await this.page.waitForFunction((worn) => {
      const chosen = localStorage.getItem('mantine-color-scheme-value') ?? 'auto';
      return document.documentElement.dataset['mantineColorScheme'] === (chosen === 'auto' ? worn : chosen);
    }, colours);
    await this.settled();
  }

  /** The start of every address in the workspace of this name. */
  async workspace(name: string): Promise<string> {
    const me = (await this.read('/v1/auth/me')) as { workspaces: { id: string; name: string }[] };
    return `${this.address}/w/${me.workspaces.find((candidate) => candidate.name === name)!.id}`;
  }

  /** The start of every address of a bot, given the start of its workspace's. */
  async bot(base: string, name: RegExp): Promise<string> {
    const { items } = (await this.read('/v1/bots', base)) as { items: { id: string; name: string }[] };
    return `${base}/bots/${items.find((candidate) => name.test(candidate.name))!.id}`;
  }

  /** The address of the first conversation in a list of the inbox. */
  async firstOf(base: string, view: string): Promise<string> {
    const { items } = (await this.read(`/v1/inbox?view=${view}`, base)) as { items: { id: string }[] };
    return `${base}/inbox/${items[0]!.id}`;
  }

  private async read(path: string, base?: string): Promise<unknown> {
    const answer = await this.page.request.get(`${this.address}${path}`, {
      headers: base ? { 'docent-workspace': base.split('/').at(-1)! } : {},
    });
    return answer.json();
  }

  /** Goes to an address and waits until nothing is loading. */
  async visit(address: string): Promise<void> {
    await this.page.goto(address);
    await this.settled();
  }

  /** Nothing is loading any more. */
  async settled(): Promise<void> {
    await this.page.getByRole('heading', { level: 1 }).waitFor();
    await this.page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
  }

  /** Nothing moves: half faded in, nothing has its contrast yet. */
  private async still(): Promise<void> {
    await this.page.waitForFunction(() =>
      document
        .getAnimations()
        .every((animation) => animation.playState !== 'running' || animation.effect?.getComputedTiming().iterations === Infinity),
    );
  }

  /** What axe finds, in short: of everything, or of the colours only. Run from outside, so that the page's policy stays as strict as it is. */
  async violations(only?: 'colours'): Promise<string[]> {
    await this.still();
    const options = { resultTypes: ['violations'], ...(only === 'colours' ? { runOnly: aboutColours } : {}) };
    const run = `axe.run(document, ${JSON.stringify(options)}).then((found) => found.violations.map((v) => v.id + ': ' + v.nodes.map((node) => node.html.slice(0, 160)).join(' | ')))`;
    const isThere = await this.evaluate('typeof axe === "object"');
    if (!isThere) await this.devtools.send('Runtime.evaluate', { expression: axe });
    return (await this.evaluate(run)) as string[];
  }

  private async evaluate(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = await this.devtools.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** What is chosen in lists to choose from, and cannot be read whole. */
  async cutChoices(): Promise<string[]> {
    return (await this.evaluate(
      `[...document.querySelectorAll('input[aria-haspopup=listbox]')].filter((field) => field.clientWidth > 0 && field.scrollWidth > field.clientWidth + 1).map((field) => field.value || field.placeholder)`,
    )) as string[];
  }

  /** By how many pixels the page is wider than the screen. */
  overflow(): Promise<number> {
    return this.page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth));
  }

  /** Keeps a picture in the folder that `PICTURES` names; without, does nothing. */
  async keepPicture(name: string): Promise<void> {
    if (!process.env.PICTURES) return;
    await this.still();
    await mkdir(pictures, { recursive: true });
    await this.page.screenshot({ path: join(pictures, `${name}.png`) });
  }

  private listen(): void {
    this.page.on('pageerror', (error) => this.complaints.push(error.message));
    this.page.on('console', (message) => {
      if (/Content.Security.Policy|script-src|style-src|connect-src/i.test(message.text())) this.complaints.push(message.text());
    });
  }
}
