import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
// The scripted server belongs to the widget's own tests; only tests cross this border.
/* eslint-disable @nx/enforce-module-boundaries */
import { FakeServer } from '../../widget/test/fake-server';
import { dist, serveHostPage } from '../../widget/test/serve-dist';
/* eslint-enable @nx/enforce-module-boundaries */
import { openBrowser, skipWithoutChromium } from './browser';
import { expectAccessible, expectFocus, hostPage, policyFor, reportComplaints, styleOf } from './widget-page';

const question = 'How long does shipping take?';

/** A careless site's page around the widget, under the strictest policy that the README promises to work with. */
describe.skipIf(skipWithoutChromium())('the widget on a hostile page', () => {
  let browser: Browser;
  let server: FakeServer;
  let host: Awaited<ReturnType<typeof serveHostPage>>;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    if (!existsSync(join(dist, 'widget.js'))) {
      const root = join(dist, '../..');
      execFileSync(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build'], { cwd: join(root, 'apps/widget') });
    }
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    server = await new FakeServer().start();
    host = await serveHostPage(hostPage(server), policyFor(server));
    complaints = [];
  });
  afterEach(async () => {
    await page?.context().close();
    await host.stop();
    await server.stop();
  });

  async function visit(options: BrowserContextOptions = {}): Promise<void> {
    const context = await browser.newContext({ viewport: { width: 1000, height: 760 }, ...options });
    page = await context.newPage();
    await reportComplaints(page, complaints);
    await page.goto(host.origin);
    await launcher().waitFor();
  }

  const launcher = () => page.locator('docent-widget').getByRole('button', { name: 'Chat' });
  const panel = () => page.getByRole('dialog');
  const field = () => panel().getByRole('textbox');
  const ask = async (text: string) => {
    await field().fill(text);
    await page.keyboard.press('Enter');
  };
  const rated = (count: number) =>
    panel()
      .getByRole('button', { name: 'Helpful', exact: true })
      .nth(count - 1)
      .waitFor();

  it('asks for nothing but the loader before the visitor shows interest', async () => {
    await visit();
    await page.waitForTimeout(300);
    expect(new Set(server.requests)).toEqual(new Set(['GET /widget.js']));
    expect(await page.evaluate('document.styleSheets.length')).toBe(1);
    await launcher().hover();
    // The panel and the texts of one language.
    const asked = () => server.requests.filter((request) => request !== 'GET /widget.js');
    const parts = [expect.stringMatching(/^GET \/widget\/\w+\/panel\.js$/), expect.stringMatching(/^GET \/widget\/\w+\/en\.js$/)];
    await expect.poll(asked).toEqual(parts);
    await page.waitForTimeout(300);
    expect(asked()).toEqual(parts);
    expect(complaints).toEqual([]);
  });

  it('answers with citations under the strict policy, in one piece of the page', async () => {
    await visit();
    await launcher().click();
    await panel().getByRole('button', { name: 'What does shipping cost?' }).waitFor();
    await expectAccessible(page, 'empty');
    server.hold = true;
    await ask(question);
    await panel()
      .getByRole('button', { name: /^Source 1/ })
      .waitFor();
    await expectAccessible(page, 'streaming');
    server.hold = false;
    await rated(1);
    await expectAccessible(page, 'answer');
    await panel()
      .getByRole('button', { name: /^Source 1/ })
      .click();
    await panel().locator('mark').waitFor();
    expect(await panel().locator('mark').textContent()).toBe('Parcels within the country arrive in two to three working days.');
    expect(await panel().getByRole('link', { name: 'View source' }).getAttribute('href')).toBe('https://example.com/shipping');
    await expectAccessible(page, 'passage');
    await page.keyboard.press('Escape');
    await panel().getByRole('button', { name: 'Helpful', exact: true }).click();
    await expect.poll(() => [...server.conversations.values()][0]!.read().transcript.at(-1)).toMatchObject({ rating: 'up' });
    await ask('And the weather?');
    await panel().getByRole('button', { name: 'Opening hours' }).waitFor();
    await ask('Now fail');
    await panel().getByText('The language model did not answer', { exact: false }).first().waitFor();
    await expectAccessible(page, 'failed');
    expect(complaints).toEqual([]);
  });

  it('makes every colour readable, as ground and as text, in both themes', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await visit({ colorScheme });
      await launcher().click();
      await panel().getByRole('button', { name: 'What does shipping cost?' }).waitFor();
      const ratios = (await page.evaluate(contrasts(colorScheme))) as [string, number, number][];
      expect(ratios).toHaveLength(125);
      // Half a step of eight bits may be lost when a colour is drawn.
      expect(ratios.filter(([, onAccent, asText]) => Math.min(onAccent, asText) < 4.45)).toEqual([]);
      await page.context().close();
    }
  });

  it('loads one language, also where the owner has set another than the page has', async () => {
    server.bot.widget.language = 'de';
    await visit();
    await launcher().click();
    await panel().getByRole('textbox', { name: 'Frage stellen …' }).waitFor();
    server.requests = [];
    await page.reload();
    await page.locator('docent-widget button').first().click();
    await panel().getByRole('textbox', { name: 'Frage stellen …' }).waitFor();
    // From then on it is known before anything is asked.
    expect(server.requests.filter((request) => /\/[a-z]{2}\.js$/.test(request))).toEqual([expect.stringMatching(/\/de\.js$/)]);
  });

  it('renders hostile answers as text and loads nothing from them', async () => {
    await visit();
    await launcher().click();
    await ask('attack');
    await rated(1);
    const answer = panel().locator('.msg').last();
    expect(await answer.locator('img, script, svg[onload]').count()).toBe(0);
    expect(await answer.textContent()).toContain('<img src=x onerror=alert(1)>');
    expect(await answer.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual([
      'https://evil.example/a.png',
    ]);
    expect(complaints).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('marks what no source carries, and says so to eyes and ears: %s', async (colorScheme) => {
    await visit({ colorScheme });
    await launcher().click();
    await ask('Tell me something that one may doubt');
    await rated(1);
    const answer = panel().locator('.msg').last();
    expect((await answer.locator('p').first().innerText()).replace(/\s+/g, ' ')).toContain('Every tenth parcel is free. ?');
    expect(await answer.locator('small').innerText()).toBe('? Not found in the sources');
    // A sign, not a link to a passage.
    expect(await answer.locator('button.cite').count()).toBe(1);
    await expect.poll(() => page.locator('docent-widget').locator('[aria-live=polite]').innerText()).toContain('(Not found in the sources)');
    await expectAccessible(page, `a marked sentence, ${colorScheme}`);
    if (process.env.WIDGET_PICTURES) await page.screenshot({ path: `${process.env.WIDGET_PICTURES}/unsupported-${colorScheme}.png` });
    expect(complaints).toEqual([]);
  });

  it('can be used with the keyboard alone', async () => {
    await visit();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expectFocus(page, 'button', 'Chat');
    await page.keyboard.press('Enter');
    await field().waitFor();
    await expectFocus(page, 'textarea');
    await page.keyboard.type(question);
    await page.keyboard.press('Enter');
    await rated(1);
    await panel()
      .getByRole('button', { name: /^Source 2/ })
      .focus();
    await page.keyboard.press('Enter');
    await panel().locator('mark').waitFor();
    await expectFocus(page, 'button', 'Back');
    await page.keyboard.press('Escape');
    await expectFocus(page, 'button', 'Source 2: Handbook for customers');
    await page.keyboard.press('Escape');
    await expect.poll(() => panel().count()).toBe(0);
    await expectFocus(page, 'button', 'Harbour Help');
  });

  it('is announced sentence by sentence, not word by word', async () => {
    await visit();
    await launcher().click();
    await field().waitFor();
    await page.evaluate(`(() => {
      window.said = [];
      const root = document.querySelector('docent-widget').shadowRoot;
      const region = [...root.children].find((node) => node.ariaLive === 'polite');
      new MutationObserver(() => window.said.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });
    })()`);
    await ask(question);
    await rated(1);
    const heard = async () => (await page.evaluate('window.said')) as string[];
    await expect.poll(async () => (await heard()).join('')).toContain('Parcels within the country arrive in two to three working days.');
    const said = await heard();
    for (const text of said) expect(text.trim(), said.join('|')).toMatch(/[.:?]$|label$/);
  });

  it('brings the conversation back after a reload in the middle of an answer', async () => {
    await visit();
    await launcher().click();
    server.hold = true;
    await ask(question);
    await panel()
      .getByRole('button', { name: /^Source 1/ })
      .waitFor();
    await page.reload();
    await launcher().or(page.locator('docent-widget button')).first().click();
    await panel()
      .getByRole('button', { name: /^Source 1/ })
      .waitFor();
    server.hold = false;
    await rated(1);
    expect(await panel().getByText('Is there anything else?').count()).toBe(1);
    expect(server.messages).toHaveLength(1);
  });

  it('keeps a message while the line is down and sends it once', async () => {
    await visit();
    await launcher().click();
    await panel().getByRole('button', { name: 'What does shipping cost?' }).waitFor();
    server.goDown();
    await ask(question);
    await panel().getByText('Not sent.').waitFor();
    await panel().getByText('No connection. Your messages are kept.').waitFor();
    await expectAccessible(page, 'offline');
    server.down = false;
    // It tries by itself, sooner or later; the button is for those who do not want to wait.
    await rated(1);
    expect(server.messages).toHaveLength(1);
  });

  it('tells in words why it cannot be used', async () => {
    server.refusal = { status: 403, code: 'origin_not_allowed', message: 'This website may not use this bot.' };
    await visit();
    await launcher().click();
    await panel().getByRole('alert').waitFor();
    expect(await panel().getByRole('alert').textContent()).toContain('This website may not use this bot.');
    await expectAccessible(page, 'refused');
  });

  it.each([
    ['a phone of 320 pixels', { viewport: { width: 320, height: 560 }, isMobile: true, hasTouch: true }],
    ['four times the zoom', { viewport: { width: 320, height: 256 } }],
    ['a dark device', { colorScheme: 'dark' as const }],
    ['forced colours', { forcedColors: 'active' as const }],
    ['reduced motion', { reducedMotion: 'reduce' as const }],
  ])('fits %s', async (_name, options) => {
    await visit(options);
    await launcher().click();
    await ask(question);
    await rated(1);
    await expectAccessible(page, 'answer');
    const box = (await panel().boundingBox())!;
    const { width, height } = page.viewportSize()!;
    expect([box.x >= 0, box.y >= 0, box.x + box.width <= width, box.y + box.height <= height]).toEqual([true, true, true, true]);
    expect(
      await panel()
        .locator('.log')
        .first()
        .evaluate((log) => log.scrollWidth <= log.clientWidth),
    ).toBe(true);
    expect(await field().evaluate(styleOf('fontSize'))).toBe('16px');
  });

  it('speaks Arabic from right to left', async () => {
    server.bot.widget.language = 'ar';
    await visit();
    await launcher().click();
    await panel().getByRole('textbox', { name: 'اطرح سؤالًا…' }).waitFor();
    expect(await panel().evaluate(styleOf('direction'))).toBe('rtl');
    await ask('كم تستغرق عملية الشحن؟');
    await panel()
      .getByRole('button', { name: /^المصدر 1/ })
      .waitFor();
    await expectAccessible(page, 'Arabic');
    expect(complaints).toEqual([]);
  });

  it('does what the page asked for before it was there', async () => {
    const context = await browser.newContext();
    page = await context.newPage();
    await page.addInitScript(
      `window.Docent = function () { (Docent.q ||= []).push(arguments) }; Docent('identify', { plan: 'gold' }); Docent('open')`,
    );
    await page.goto(host.origin);
    await field().waitFor();
    expect(await page.evaluate('Docent.traits')).toEqual({ plan: 'gold' });
    await page.evaluate(`Docent('close')`);
    await expect.poll(() => panel().count()).toBe(0);
  });

  it('mounts once, however often the script runs, and can be taken away without a trace', async () => {
    await visit();
    const before = (await page.evaluate('Object.keys(window).sort()')) as string[];
    await launcher().click();
    await ask(question);
    await rated(1);
    await page.evaluate(`Docent('mount'); Docent('open'); document.body.append(document.querySelector('docent-widget'))`);
    expect(await page.locator('docent-widget').count()).toBe(1);
    await page.evaluate(`document.querySelector('docent-widget').remove(); Docent('mount')`);
    expect(await page.locator('docent-widget').count()).toBe(1);
    await page.evaluate(`Docent('destroy')`);
    expect(await page.locator('docent-widget').count()).toBe(0);
    expect(await page.evaluate('Object.keys(window).sort()')).toEqual(before.filter((name) => name !== 'Docent'));
    const knocks = server.requests.length;
    await page.evaluate(
      `dispatchEvent(new Event('online')); dispatchEvent(new StorageEvent('storage', { key: 'docent:${server.bot.id}' }))`,
    );
    await page.waitForTimeout(700);
    expect(server.requests).toHaveLength(knocks);
    expect(await page.evaluate('window.alive()')).toEqual({ timers: 0, listeners: [] });
  });
});

/** For 125 colours of the owner: the contrast of text on it, and of the same colour as text on a message, as they are drawn. */
const contrasts = (theme: 'light' | 'dark') => `(() => {
  const host = document.querySelector('docent-widget');
  const pen = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const luminance = (colour) => {
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    const [red, green, blue] = [...pen.getImageData(0, 0, 1, 1).data].map((part) => (part > 10 ? ((part / 255 + 0.055) / 1.055) ** 2.4 : part / 3294.6));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const levels = ['00', '40', '80', 'c0', 'ff'];
  return levels.flatMap((red) => levels.flatMap((green) => levels.map((blue) => {
    const colour = '#' + red + green + blue;
    host.style.setProperty('--a', colour);
    const text = getComputedStyle(host.shadowRoot.querySelector('.asks button')).color;
    const onAccent = getComputedStyle(host.shadowRoot.querySelector('button')).color;
    return [colour, contrast(colour, onAccent), contrast('${theme === 'light' ? '#f1f2f6' : '#2a2c33'}', text)];
  })));
})()`;
