import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LearningState } from '@docent/contracts';
import { openBrowser, skipWithoutChromium } from './browser';
import { ScriptedConsole } from './support/scripted-console';

/** Search by meaning in the console: the map, the three ranks, learning. Against the scripted server. */
describe.skipIf(skipWithoutChromium())('meaning in the console', () => {
  let browser: Browser;
  let console: ScriptedConsole;
  let page: Page;

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    console = await ScriptedConsole.open(browser, { width: 1440, height: 900, colours: 'light' });
    page = console.page;
    await console.signIn();
  });
  afterEach(async () => {
    await console?.close();
    expect(console.complaints).toEqual([]);
  });

  async function openTab(tab: string, workspace = 'Acme'): Promise<void> {
    await console.visit(`${await console.bot(await console.workspace(workspace), /Acme Help/)}/${tab}`);
  }

  const map = () => page.getByRole('application');
  const gaps = () => page.getByRole('complementary', { name: 'What is missing' });

  /** Walks over the map until something shows itself under the pointer. */
  async function findOnMap(words: RegExp): Promise<{ x: number; y: number }> {
    const box = (await map().boundingBox())!;
    for (let y = 30; y < box.height - 20; y += 13) {
      for (let x = 30; x < box.width - 70; x += 13) {
        await page.mouse.move(box.x + x, box.y + y);
        if (await page.locator('[data-pointing]').getByText(words).first().isVisible()) return { x: box.x + x, y: box.y + y };
      }
    }
    throw new Error('nothing like this on the map');
  }

  it('says what is under the pointer, and opens the passage behind a point', async () => {
    await openTab('map');
    const at = await findOnMap(/Warranty and returns\.pdf/);
    await page.mouse.click(at.x, at.y);
    const card = page.getByRole('region', { name: 'Chosen on the map' });
    await card.getByText('Warranty and returns.pdf').waitFor();
    expect(await console.violations()).toEqual([]);
    await console.keepPicture('map-chosen-light-desktop');
    await card.getByRole('link', { name: 'Open the passage' }).click();
    await page.locator('main mark').waitFor();
  });

  it('turns an unanswered question into an answer and a test question', async () => {
    await openTab('map');
    await gaps().getByRole('button', { name: 'Add an answer: Which filter fits the 410?' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add an answer' });
    expect(await dialog.getByLabel('Question', { exact: true }).inputValue()).toBe('Which filter fits the 410?');
    expect(await console.violations()).toEqual([]);
    await console.keepPicture('map-answer-light-desktop');
    await dialog.getByLabel('Answer', { exact: true }).fill('The filter F-4 fits all products of the series 400.');
    const [kept] = await Promise.all([
      page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/golden-questions')),
      dialog.getByRole('button', { name: 'Add an answer' }).click(),
    ]);
    expect(kept.postDataJSON()).toMatchObject({ question: 'Which filter fits the 410?' });
    await gaps().getByText('Answer added').waitFor();
    await expect.poll(() => gaps().getByRole('button', { name: 'Add an answer: Which filter fits the 410?' }).count()).toBe(0);
  });

  it('zooms by wheel, buttons and keys, moves by mouse and keys, and comes back to the whole', async () => {
    await openTab('map');
    const whole = () => map().evaluate((element) => element.hasAttribute('data-whole'));
    const picture = () =>
      map()
        .locator('canvas')
        .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    // It is drawn once its place on the page is known; until then a canvas is as wide as every new one.
    await expect.poll(() => map().locator('canvas').getAttribute('width')).toMatch(/^(?!300$)\d+$/);
    const atFirst = await picture();
    const all = page.getByRole('button', { name: 'Show all' });
    const box = (await map().boundingBox())!;
    await page.mouse.move(box.x + 300, box.y + 200);
    await page.mouse.wheel(0, -400);
    await expect.poll(whole).toBe(false);
    await expect.poll(picture).not.toBe(atFirst);
    const near = await picture();
    await page.mouse.down();
    await page.mouse.move(box.x + 420, box.y + 260, { steps: 4 });
    await page.mouse.up();
    await expect.poll(picture).not.toBe(near);
    await all.click();
    await expect.poll(whole).toBe(true);
    await map().focus();
    await page.keyboard.press('+');
    await expect.poll(whole).toBe(false);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('0');
    await expect.poll(whole).toBe(true);
    await page.mouse.move(0, 0);
    await expect.poll(picture).toBe(atFirst);
  });

  it('takes sources and kinds of questions away, and brings them back', async () => {
    await openTab('map');
    const legend = page.getByRole('group', { name: 'Legend and filter' });
    const points = async () => Number(/with (\d+) passages/.exec((await map().getAttribute('aria-label'))!)![1]);
    const all = await points();
    const manual = legend.getByRole('button', { name: /^Owner’s manual/ });
    await manual.click();
    await expect.poll(() => manual.getAttribute('aria-pressed')).toBe('false');
    await expect.poll(points).toBeLessThan(all);
    await manual.click();
    await expect.poll(points).toBe(all);
    await legend
      .getByRole('button', { name: /answered questions/ })
      .first()
      .click();
    await legend
      .getByRole('button', { name: /answered questions/ })
      .nth(1)
      .click();
    await expect.poll(() => map().getAttribute('aria-label')).toContain('and 0 questions');
  });

  it('stays quick with the most passages that a map may have', async () => {
    await page.route('**/meaning-map', async (route) => {
      const answer = await route.fetch();
      const drawn = (await answer.json()) as { points: { x: number; y: number }[]; passages: number };
      const points = Array.from({ length: 3000 }, (_, at) => {
        const point = drawn.points[at % drawn.points.length]!;
        return { ...point, x: point.x + Math.sin(at) / 9, y: point.y + Math.cos(at * 1.7) / 9 };
      });
      await route.fulfill({ response: answer, json: { ...drawn, points, passages: 41_000, sampled: true } });
    });
    await openTab('map');
    await page.getByText('Drawn are 3,000 passages, an even sample.').waitFor();
    await console.keepPicture('map-3000-light-desktop');
    const drawings = await map().evaluate(async (element) => {
      const { left, top } = element.getBoundingClientRect();
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      let count = 0;
      const until = performance.now() + 2_000;
      for (; performance.now() < until; count++) {
        element.dispatchEvent(
          new WheelEvent('wheel', { deltaY: count % 2 ? 40 : -60, clientX: left + 200, clientY: top + 200, cancelable: true }),
        );
        await frame();
      }
      return count;
    });
    // Not a speed to be proud of, but one that is missed only when something is drawn again and again in vain.
    expect(drawings).toBeGreaterThan(10);
  });

  it('shows three ranks of each passage with what carried it, and keeps a test question', async () => {
    await openTab('playground');
    await page.getByText('Search', { exact: true }).click();
    await page.getByRole('textbox', { name: 'Question to search for' }).fill('How long is a broken drill insured?');
    await page.keyboard.press('Enter');
    const first = page.getByRole('region', { name: 'Search' }).getByRole('listitem').first();
    await first.waitFor();
    expect((await first.innerText()).replace(/\s+/g, ' ')).toMatch(/By words 2 By meaning 1 Together 1/);
    expect(
      await first
        .locator('mark')
        .allInnerTexts()
        .then((parts) => parts.join('')),
    ).toBe('The warranty covers defects in material and workmanship.');
    await page.getByText('Found by meaning only').waitFor();
    await first.getByRole('button', { name: 'Keep as test question' }).click();
    const dialog = page.getByRole('dialog', { name: 'Keep as test question' });
    expect(await console.violations()).toEqual([]);
    await console.keepPicture('playground-keep-light-desktop');
    await dialog.getByRole('button', { name: 'Keep as test question' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Learning' }).click();
    await page.getByRole('row', { name: /How long is a broken drill insured\?/ }).waitFor();
    await page.getByRole('button', { name: 'Remove: How long is a broken drill insured?' }).click();
    await page.getByRole('row', { name: /How long is a broken drill insured\?/ }).waitFor({ state: 'detached' });
  });

  it('says what was learned, and switches learning off and on', async () => {
    await openTab('learning');
    await page.getByText(/^Learned from 91 passages in 8 s/).waitFor();
    await page.getByText('71%').waitFor();
    await page.getByText('83%').waitFor();
    const learns = page.getByRole('switch', { name: 'Learn from this knowledge' });
    await learns.click();
    await page.getByText(/^Switched off/).waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Learn now' }).isDisabled()).toBe(true);
    await learns.click();
    await page.getByText(/^Learned from 91 passages/).waitFor();
  });

  it('says how far the making of vectors is, by itself, until they are up to date', async () => {
    let vectors: LearningState['vectors'] = { set: null, ready: false, made: null };
    await page.route(/\/v1\/.*\/learning$/, async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, json: { ...((await answer.json()) as LearningState), vectors } });
    });
    await openTab('learning');
    const fact = page.getByRole('term').filter({ hasText: 'Search by meaning' }).locator('xpath=following-sibling::dd');
    await fact.getByText('Not yet', { exact: true }).waitFor();
    vectors = { set: null, ready: false, made: 30 };
    await fact.getByText('Being renewed: 30 of 91 passages so far. Questions are answered meanwhile', { exact: true }).waitFor();
    expect(await console.violations()).toEqual([]);
    vectors = { set: 'docent-words-1@160#3', ready: false, made: 90 };
    await fact.getByText('Being renewed: 90 of 91 passages so far.').waitFor();
    vectors = { set: 'docent-words-1@160#3', ready: false, made: null };
    await fact.getByText('Being renewed; the previous state answers meanwhile', { exact: true }).waitFor();
    vectors = { set: 'docent-words-1@160#4', ready: true, made: null };
    await fact.getByText('Up to date', { exact: true }).waitFor();
  });

  it('leaves a reader without what only admins may do', async () => {
    await openTab('map', 'Read only');
    await gaps().getByText('Which filter fits the 410?').waitFor();
    expect(await page.getByRole('button', { name: /^Add an answer/ }).count()).toBe(0);
    await openTab('learning', 'Read only');
    expect(await page.getByRole('switch', { name: 'Learn from this knowledge' }).isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'Add question' }).count()).toBe(0);
  });
});
