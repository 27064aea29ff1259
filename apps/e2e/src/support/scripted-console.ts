import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { build } from 'vite';

const home = join(fileURLToPath(import.meta.url), '../../../../..');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface Look {
  width: number;
  height: number;
  colours: 'light' | 'dark';
  touch?: boolean;
}

/** The console against its scripted server, in a browser of its own, signed in. */
export class ScriptedConsole {
  /** What the browser complained about: exceptions and breaches of the content-security policy. */
  readonly complaints: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly address: string,
    private readonly server: ChildProcess,
    private readonly context: BrowserContext,
  ) {}

  /** Builds the console where it was not built yet. Whoever opens closes. */
  static async open(browser: Browser, { width, height, colours, touch }: Look): Promise<ScriptedConsole> {
    if (!existsSync(join(home, 'dist/console/index.html'))) await build({ root: join(home, 'apps/console'), logLevel: 'error' });
    const port = await freePort();
    const server = spawn(process.execPath, ['--import', 'tsx', 'apps/console/test/scripted-server.ts', String(port)], {
      cwd: home,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const address = await new Promise<string>((resolve, reject) => {
      server.stdout!.once('data', (line: Buffer) => resolve(line.toString().trim()));
      server.once('exit', (code) => reject(new Error(`The scripted server ended with ${code}`)));
    });
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme: colours,
      reducedMotion: 'reduce',
      hasTouch: touch,
    });
    const opened = new ScriptedConsole(await context.newPage(), address, server, context);
    opened.listen();
    await opened.signIn();
    return opened;
  }

  async close(): Promise<void> {
    await this.context.close();
    this.server.removeAllListeners('exit').kill();
  }

  /** Opens a tab of a bot, in the workspace of this name, and waits until nothing is loading. */
  async openTab(workspace: string, bot: RegExp, tab: string): Promise<void> {
    const id = await this.page.evaluate(async (wanted) => {
      const me = (await (await fetch('/v1/auth/me')).json()) as { workspaces: { id: string; name: string }[] };
      return me.workspaces.find((candidate) => candidate.name === wanted)!.id;
    }, workspace);
    await this.page.goto(`${this.address}/w/${id}/bots`);
    await this.page.getByRole('link', { name: bot }).click();
    await this.page.waitForURL('**/knowledge');
    await this.page.goto(this.page.url().replace(/knowledge$/, tab));
    await this.settled();
  }

  async settled(): Promise<void> {
    await this.page.getByRole('heading', { level: 1 }).waitFor();
    await this.page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
  }

  /** What axe finds, in short. Run from outside, so that the page's policy stays as strict as it is. */
  async violations(): Promise<string[]> {
    // Half faded in, nothing has its contrast yet.
    await this.page.waitForFunction(() =>
      document
        .getAnimations()
        .every((animation) => animation.playState !== 'running' || animation.effect?.getComputedTiming().iterations === Infinity),
    );
    const session = await this.context.newCDPSession(this.page);
    await session.send('Runtime.evaluate', { expression: axe });
    const expression =
      "axe.run(document, { resultTypes: ['violations'] }).then((found) => found.violations.map((v) => v.id + ': ' + v.nodes.map((node) => node.html.slice(0, 160)).join(' | ')))";
    const { result } = await session.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    await session.detach();
    return result.value as string[];
  }

  /** By how many pixels the page is wider than the screen. */
  overflow(): Promise<number> {
    return this.page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth));
  }

  private listen(): void {
    this.page.on('pageerror', (error) => this.complaints.push(error.message));
    this.page.on('console', (message) => {
      if (/Content.Security.Policy|script-src|style-src|connect-src/i.test(message.text())) this.complaints.push(message.text());
    });
  }

  private async signIn(): Promise<void> {
    await this.page.goto(`${this.address}/sign-in`);
    await this.page.getByLabel('E-mail address').fill('ana@acme.example');
    await this.page.getByRole('textbox', { name: 'Password' }).fill('twelve letters');
    await this.page.getByRole('button', { name: 'Sign in' }).click();
    await this.page.waitForURL('**/overview');
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
