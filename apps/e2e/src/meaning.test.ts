import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBrowser, skipWithoutChromium } from './browser';
import { signInAsOwner } from './support/sign-in';
import { startServer, type ServerUnderTest } from './support/start-server';

/** Reading, learning and drawing are done beside a loaded machine's other work. */
const eventually = { timeout: 90_000 };

/** Search by meaning in the real product, in a bot that knows this product's documentation. */
describe.skipIf(skipWithoutChromium())('meaning, from documents to the console', () => {
  let server: ServerUnderTest;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let bot: string;
  let complaints: string[];

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), openBrowser()]);
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    const page = await context.newPage();
    bot = `${await signInAsOwner(page, server)}/bots/${server.demo.botId}`;
    await page.close();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  beforeEach(async () => {
    complaints = [];
    page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await page.screenshot({ path: `.test/meaning-${task.name.slice(0, 24).replace(/\W/g, '-')}.png` });
    await page.close();
    expect(complaints).toEqual([]);
  });

  const map = () => page.getByRole('application');

  /** Walks over the map until a passage shows itself under the pointer. */
  async function findPassage(): Promise<{ x: number; y: number }> {
    const box = (await map().boundingBox())!;
    for (let y = 30; y < box.height - 20; y += 11) {
      for (let x = 30; x < box.width - 70; x += 11) {
        await page.mouse.move(box.x + x, box.y + y);
        if (await page.locator('[data-pointing]').isVisible()) return { x: box.x + x, y: box.y + y };
      }
    }
    throw new Error('nothing on the map');
  }

  it('says what was learned from the documents', async () => {
    await page.goto(`${bot}/learning`);
    await page.getByText(/^Learned from \d+ passages/).waitFor(eventually);
    expect(await page.getByRole('switch', { name: 'Learn from this knowledge' }).isChecked()).toBe(true);
  });

  it('draws every passage, and opens the one behind a point in its source', async () => {
    await page.goto(`${bot}/map`);
    await map().waitFor(eventually);
    const [, passages] = /with (\d+) passages/.exec((await map().getAttribute('aria-label'))!)!;
    expect(Number(passages)).toBeGreaterThan(50);
    const at = await findPassage();
    await page.mouse.click(at.x, at.y);
    const card = page.getByRole('region', { name: 'Chosen on the map' });
    await card.getByRole('link', { name: 'Open the passage' }).click();
    await page.waitForURL('**/knowledge/**');
    await page.locator('main mark').first().waitFor();
    expect(await page.locator('main mark').first().innerText()).not.toBe('');
  });

  it('finds a passage by words and by meaning, and shows the rank of each way', async () => {
    await page.goto(`${bot}/playground?look=search`);
    await page.getByRole('textbox', { name: 'Question to search for' }).fill('Which file formats can I upload?');
    await page.keyboard.press('Enter');
    const first = page.getByRole('region', { name: 'Search' }).getByRole('listitem').first();
    await first.waitFor();
    expect((await first.innerText()).replace(/\s+/g, ' ')).toMatch(/By words \d+ By meaning \d+ Together 1/);
    expect(await first.innerText()).toMatch(/PDF.*Word/s);
    expect(await first.locator('mark').count()).toBeGreaterThan(0);
  });
});
