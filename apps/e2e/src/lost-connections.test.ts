import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Conversation } from '@docent/contracts';
import { startScriptedModel, type ScriptedModel } from '@docent/scripted-model';
import { openBrowser, skipWithoutChromium } from './browser';
import { startServer, type ServerUnderTest } from './support/start-server';

const failures = new URL('../../../.test/', import.meta.url).pathname;
const question = 'Which file formats can I upload?';
/** Slow enough that something can happen in between. */
const spoken = (begin: string) => ({ kind: 'pieces' as const, pieces: `${begin}: you can upload PDF, Word and CSV files, one after the other or many at once, and each is read for you [1].`.match(/\s*\S+/g)!, delayMs: 150 });

/** What breaks between a visitor and the answer: the page, the network, the server. The screen ends equal to the database. */
describe.skipIf(skipWithoutChromium())('lost connections', () => {
  let model: ScriptedModel;
  let server: ServerUnderTest;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    model = await startScriptedModel();
    const environment = { MODEL_PROVIDER: 'openai', MODEL_NAME: 'scripted', MODEL_BASE_URL: `${model.url}/v1`, MODEL_API_KEY: 'none', ALLOW_PRIVATE_NETWORK: 'true' };
    [server, browser] = await Promise.all([startServer(environment), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await model?.close();
  });
  beforeEach(async () => {
    model.reply(spoken('First'), spoken('Second'));
    context = await browser.newContext({ viewport: { width: 1280, height: 860 }, reducedMotion: 'reduce' });
    page = await context.newPage();
    await openChat(page);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await page.screenshot({ path: `${failures}${task.name.slice(0, 40).replace(/\W/g, '-')}.png` });
    await context.close();
  });

  async function openChat(on: Page): Promise<void> {
    await on.goto(server.demo.demoUrl);
    await showPanel(on);
  }

  async function showPanel(on: Page): Promise<void> {
    const panel = on.getByRole('dialog');
    await panel.or(on.locator('docent-widget').getByRole('button').first()).first().waitFor();
    if (!(await panel.isVisible())) await on.locator('docent-widget').getByRole('button').first().click();
    await panel.getByRole('textbox').waitFor();
  }

  async function send(on: Page, text: string): Promise<void> {
    await on.getByRole('dialog').getByRole('textbox').fill(text);
    await on.keyboard.press('Enter');
  }

  /** The answer has begun and is far from its end. */
  const untilBegun = (on: Page, begin = 'First') => on.getByRole('dialog').getByText(`${begin}: you can upload`).last().waitFor();
  const untilAnswered = (on: Page, answers = 1) => on.getByRole('dialog').getByRole('button', { name: 'Helpful', exact: true }).nth(answers - 1).waitFor({ timeout: 60_000 });
  const offlineLine = (on: Page) => on.getByRole('dialog').getByText('No connection');

  /** What was said, as it stands on the screen: without the marks of sources and what is read aloud only. */
  function shownOn(on: Page): Promise<string[]> {
    return on.getByRole('dialog').locator('.msg').evaluateAll((bubbles) =>
      bubbles.map((bubble) => {
        const copy = bubble.cloneNode(true) as Element;
        copy.querySelectorAll('button, i, small, .rate, .sr').forEach((extra) => extra.remove());
        return copy.textContent!.replace(/\s+/g, ' ').replace(/ \./g, '.').trim();
      }),
    );
  }

  async function stored(): Promise<Conversation> {
    const saved = await page.evaluate((key) => localStorage.getItem(key), `docent:${server.demo.botId}`);
    const { conversationId } = JSON.parse(saved!) as { conversationId: string };
    const response = await fetch(`${server.url}/v1/conversations/${conversationId}`, { headers: { authorization: `Bearer ${server.demo.apiKey}` } });
    return (await response.json()) as Conversation;
  }

  async function expectScreensToEqualTheDatabase(...pages: Page[]): Promise<void> {
    const { transcript } = await stored();
    const said = transcript.map((entry) => entry.text.replace(/\s*\[(?:\d+|\?)\]/g, '').replace(/\s+/g, ' ').trim());
    for (const on of pages) await expect.poll(async () => (await shownOn(on)).slice(-said.length)).toEqual(said);
    expect(transcript.map((entry) => (entry.role === 'assistant' ? entry.status : entry.role))).not.toContain('running');
  }

  it('a reload in mid-answer goes on where it was', async () => {
    await send(page, question);
    await untilBegun(page);
    await page.reload();
    await showPanel(page);
    await untilAnswered(page);
    await expectScreensToEqualTheDatabase(page);
    expect((await stored()).transcript).toHaveLength(2);
  });

  it('two tabs read the same, also when both write', async () => {
    const other = await context.newPage();
    await send(page, question);
    await untilBegun(page);
    await openChat(other);
    await untilBegun(other);
    await send(other, 'And how many at once?');
    await Promise.all([untilAnswered(page, 2), untilAnswered(other, 2)]);
    await expectScreensToEqualTheDatabase(page, other);
    expect((await stored()).transcript).toHaveLength(4);
  });

  it('what is written without a network is sent once when it is back', async () => {
    await send(page, question);
    await untilBegun(page);
    await context.setOffline(true);
    await send(page, 'And how many at once?');
    await offlineLine(page).waitFor();
    await context.setOffline(false);
    await untilAnswered(page, 2);
    await expect.poll(() => offlineLine(page).count()).toBe(0);
    await expectScreensToEqualTheDatabase(page);
    expect((await stored()).transcript.filter(({ role }) => role === 'visitor').map(({ text }) => text)).toEqual([question, 'And how many at once?']);
  });

  it('a server that is killed in mid-answer begins it anew, and nobody sees more than a short line', async () => {
    await send(page, question);
    await untilBegun(page);
    await server.kill();
    await offlineLine(page).waitFor();
    await server.start();
    await untilAnswered(page);
    await expect.poll(() => offlineLine(page).count()).toBe(0);
    await expectScreensToEqualTheDatabase(page);
    const { transcript } = await stored();
    expect(transcript).toHaveLength(2);
    expect(transcript[1]!.text).toMatch(/^Second: .* for you \[1\]\.$/);
  });
});
