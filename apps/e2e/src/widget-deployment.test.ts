import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBrowser, skipWithoutChromium } from './browser';
import { startServer, type ServerUnderTest } from './support/start-server';

const question = 'Which file formats can I upload?';
/** The build that is replaced while the page stays open. */
const earlier = 'aaaa1111';

/** A page that stays open while the product is replaced: its loader asks for parts of a build that is no longer the present one. */
describe.skipIf(skipWithoutChromium())('a widget that is open across a deployment', () => {
  let server: ServerUnderTest;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  /** The widget's files that the page asked for and got, as `version/file`. */
  let got: string[];
  let present: string;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), openBrowser()]);
    present = /\/widget\/(\w{8})\//.exec(await (await fetch(`${server.url}/widget.js`)).text())![1]!;
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  beforeEach(async () => {
    await cp(folderOf(present), folderOf(earlier), { recursive: true });
    context = await browser.newContext({ viewport: { width: 1280, height: 860 }, reducedMotion: 'reduce' });
    page = await context.newPage();
    got = [];
    page.on('response', (response) => {
      const [, file] = /\/widget\/(\w+\/[\w-]+\.js)/.exec(response.url()) ?? [];
      if (file && response.ok()) got.push(file);
    });
    // The loader as the earlier build made it: nothing but its version differs.
    await page.route('**/widget.js', async (route) => {
      const response = await route.fetch();
      const headers = { 'content-type': 'text/javascript', 'cache-control': 'no-store' };
      await route.fulfill({ headers, body: (await response.text()).replace(present, earlier) });
    });
    await page.goto(server.demo.demoUrl);
  });
  afterEach(async () => {
    await context?.close();
    await rm(folderOf(earlier), { recursive: true, force: true });
  });

  const folderOf = (version: string) => join(server.dataDir, 'widget-versions', version);
  const launcher = () => page.locator('docent-widget').getByRole('button').first();
  const panel = () => page.getByRole('dialog');

  async function ask(text: string, answers = 1): Promise<void> {
    await panel().getByRole('textbox').fill(text);
    await page.keyboard.press('Enter');
    await panel().getByRole('button', { name: 'Helpful', exact: true }).nth(answers - 1).waitFor();
  }

  it('finds the parts of its own build, which the new one keeps', async () => {
    await launcher().click();
    await ask(question);
    await server.kill();
    await server.start();
    await panel().getByRole('button', { name: /^Source / }).first().click();
    await panel().locator('mark').waitFor();
    expect(got).toContain(`${earlier}/passage.js`);
    expect(got.filter((file) => !file.startsWith(earlier))).toEqual([]);
  });

  it('opens with the present build where its own is gone before the first click', async () => {
    await rm(folderOf(earlier), { recursive: true });
    await launcher().click();
    await ask(question);
    await panel().getByRole('button', { name: /^Source / }).first().click();
    await panel().locator('mark').waitFor();
    expect(new Set(got.map((file) => file.split('/')[0]))).toEqual(new Set([present]));
  });

  it('is replaced by the present one where a part is gone under the open chat, with its conversation, what is typed and what was pressed', async () => {
    await launcher().click();
    await ask(question);
    await ask('How are tenants kept apart?', 2);
    await rm(folderOf(earlier), { recursive: true });
    await panel().getByRole('textbox').fill('And what about');
    await panel().getByRole('button', { name: /^Source / }).last().click();
    await panel().locator('mark').waitFor();
    expect(got).not.toContain(`${earlier}/passage.js`);
    expect(got).toEqual(expect.arrayContaining([`${present}/renew.js`, `${present}/panel.js`, `${present}/passage.js`]));
    await expect.poll(() => page.locator('docent-widget').count()).toBe(1);
    await expect.poll(() => panel().count()).toBe(1);
    await page.keyboard.press('Escape');
    await panel().getByRole('textbox').waitFor();
    await ask('How do I embed the widget?', 3);
    await expect.poll(() => panel().getByText('No connection').count()).toBe(0);
    // The button and the page's command lead to the new one.
    await launcher().click();
    await panel().waitFor({ state: 'hidden' });
    await page.evaluate(() => (window as unknown as { Docent(name: string): void }).Docent('open'));
    await panel().getByRole('button', { name: 'Helpful', exact: true }).nth(2).waitFor();
    await page.evaluate(() => (window as unknown as { Docent(name: string): void }).Docent('destroy'));
    expect(await page.locator('docent-widget').count()).toBe(0);
    await page.unroute('**/widget.js');
    await page.reload();
    await panel().or(launcher()).first().waitFor();
    if (!(await panel().isVisible())) await launcher().click();
    await panel().getByRole('button', { name: 'Helpful', exact: true }).nth(2).waitFor();
  });
});
