import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBrowser, skipWithoutChromium } from './browser';
import { startCustomerSite, startServer, type ServerUnderTest } from './support/start-server';

const realFiles = fileURLToPath(new URL('../../../../shared/files/good/', import.meta.url));
/** Pictures of failed journeys, for whoever reads the log. */
const failures = fileURLToPath(new URL('../../../.test/', import.meta.url));
const pictures = fileURLToPath(new URL('../../../docs/pictures/', import.meta.url));

/** The corner of the page in which the widget stands. */
const widgetArea = { x: 820, y: 50, width: 460, height: 800 };

/** Journeys through what ships: one server process as `npm start` runs it, a real Chromium, nothing in between. */
describe.skipIf(skipWithoutChromium())('journeys', () => {
  let server: ServerUnderTest;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), openBrowser()]);
    if (process.env.PICTURES) await mkdir(pictures, { recursive: true });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1280, height: 860 }, reducedMotion: 'reduce' });
    page = await context.newPage();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await page.screenshot({ path: `${failures}${task.name.slice(0, 40).replace(/\W/g, '-')}.png` });
    await context.close();
  });

  const launcher = () => page.locator('docent-widget').getByRole('button').first();
  const panel = () => page.getByRole('dialog');
  const ask = async (question: string) => {
    const before = await panel().getByRole('button', { name: 'Helpful', exact: true }).count();
    await panel().getByRole('textbox').fill(question);
    await page.keyboard.press('Enter');
    // The thumbs come with the end of the answer.
    await panel().getByRole('button', { name: 'Helpful', exact: true }).nth(before).waitFor();
    return panel().locator('.msg').last();
  };

  it('answers three questions about the documentation with the right page cited, and declines a fourth', async () => {
    await page.goto(server.demo.demoUrl);
    await launcher().click();
    const expected: [string, RegExp, string][] = [
      ['Which file formats can I upload?', /PDF.*Word.*CSV/s, '/docs/knowledge'],
      ['How do I back up my data?', /database and the folder DATA_DIR/, '/docs/self-hosting'],
      ['How are tenants kept apart?', /row level security/, '/docs/security'],
    ];
    for (const [question, words, source] of expected) {
      const answer = await ask(question);
      expect(await answer.innerText()).toMatch(words);
      await answer.getByRole('button', { name: /^Source / }).first().click();
      await panel().locator('mark').waitFor();
      expect(await panel().getByRole('link', { name: 'View source' }).getAttribute('href')).toContain(source);
      if (process.env.PICTURES && source.endsWith('knowledge')) await page.screenshot({ path: `${pictures}widget-passage.png`, clip: widgetArea });
      await page.keyboard.press('Escape');
    }
    if (process.env.PICTURES) await page.screenshot({ path: `${pictures}widget.png`, clip: widgetArea });
    const declined = await ask('Will it rain in Lisbon tomorrow?');
    expect(await declined.innerText()).toContain('could not find an answer');
    expect(await declined.getByRole('button', { name: /^Source / }).count()).toBe(0);
  });

  it('brings the conversation back after a reload, and to a second tab', async () => {
    await page.goto(server.demo.demoUrl);
    await launcher().click();
    const said = await (await ask('Which file formats can I upload?')).innerText();
    await page.reload();
    await panel().or(launcher()).first().waitFor();
    if (!(await panel().isVisible())) await launcher().click();
    await expect.poll(() => panel().locator('.msg').last().innerText()).toBe(said);
    const second = await context.newPage();
    await second.goto(server.demo.demoUrl);
    const secondPanel = second.getByRole('dialog');
    if (!(await secondPanel.isVisible())) await second.locator('docent-widget').getByRole('button').first().click();
    await expect.poll(() => secondPanel.locator('.msg').last().innerText()).toBe(said);
  });

  it('goes on after the server was killed and started again', async () => {
    await page.goto(server.demo.demoUrl);
    await launcher().click();
    await ask('Which file formats can I upload?');
    await server.kill();
    await server.start();
    const answer = await ask('How are tenants kept apart?');
    expect(await answer.innerText()).toContain('row level security');
  });

  it.skipIf(!existsSync(realFiles))('takes a new owner from sign-up to cited answers on their own website', async () => {
    await signUp(page, server.url);
    await page.getByRole('button', { name: 'Create bot' }).waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Water works');
    await page.getByRole('button', { name: 'Create bot' }).click();
    const files = ['memo.pdf', 'summer.docx', 'ibm.md', 'customers-semicolon.csv', 'duck-wikipedia.html'];
    await page.locator('input[type=file]').first().setInputFiles(files.map((file) => realFiles + file));
    for (const file of files) await page.getByRole('listitem').filter({ hasText: file }).getByText('Ready', { exact: true }).waitFor();
    if (process.env.PICTURES) await page.screenshot({ path: `${pictures}console.png` });
    const botId = new URL(page.url()).searchParams.get('botId')!;
    let html = '';
    const site = await startCustomerSite(() => ({
      html,
      policy: `default-src 'none'; script-src ${server.url}; connect-src ${server.url}; require-trusted-types-for 'script'; trusted-types 'none'`,
    }));
    try {
      await page.getByRole('button', { name: 'Next step' }).click();
      await page.getByLabel('Your question').fill('Who made the first typewriter that sold?');
      await page.getByRole('button', { name: 'Ask', exact: true }).click();
      await page.getByRole('button', { name: 'Next step' }).click();
      await page.getByLabel('Website to allow').fill(site.origin);
      await page.getByRole('button', { name: 'Allow', exact: true }).click();
      await page.getByRole('button', { name: `Remove ${site.origin}` }).waitFor();
      await page.getByRole('button', { name: 'Next step' }).click();
      const snippet = await page.getByText('<script').first().innerText();
      expect(snippet).toContain(botId);
      html = `<!doctype html><html lang="en"><head><title>Water works</title>${snippet}</head><body><h1>Water works</h1></body></html>`;
      const violations: string[] = [];
      page.on('console', (message) => message.text().includes('Content Security Policy') && violations.push(message.text()));
      await page.goto(site.origin);
      await launcher().click();
      const answer = await ask('How many bottles of water were delivered?');
      expect(await answer.innerText()).toContain('20,000 bottles of water');
      await answer.getByRole('button', { name: /^Source 1/ }).click();
      await panel().locator('mark').waitFor();
      expect(await panel().locator('mark').innerText()).toContain('20,000 bottles of water');
      expect(violations).toEqual([]);
    } finally {
      await site.close();
    }
  });

  it('refuses the widget on a website that the owner did not allow', async () => {
    const site = await startCustomerSite(() => ({
      html: `<!doctype html><html lang="en"><head><title>Copycat</title><script src="${server.url}/widget.js" data-bot="${server.demo.botId}" async></script></head><body></body></html>`,
      policy: `script-src ${server.url}; connect-src ${server.url}`,
    }));
    try {
      await page.goto(site.origin);
      await launcher().click();
      expect(await panel().getByRole('alert').innerText()).toContain('may not use this bot');
    } finally {
      await site.close();
    }
  });
});

async function signUp(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/sign-up`);
  await page.getByLabel('Your name').fill('Mara Lind');
  await page.getByLabel('E-mail address').fill(`mara-${Date.now()}@example.com`);
  await page.getByLabel('Password', { exact: true }).fill('seven green bottles standing');
  await page.getByLabel('Company or workspace').fill('Water works');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL(/\/setup/);
}
