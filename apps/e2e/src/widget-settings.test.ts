import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
// The scripted server belongs to the widget's own tests; only tests cross this border.
/* eslint-disable @nx/enforce-module-boundaries */
import { FakeServer } from '../../widget/test/fake-server';
import { serveHostPage } from '../../widget/test/serve-dist';
/* eslint-enable @nx/enforce-module-boundaries */
import { openBrowser, skipWithoutChromium } from './browser';
import { expectAccessible, expectFocus, hostPage, policyFor, reportComplaints, styleOf } from './widget-page';

/** What the owner has set, what the page commands, and what is left of the widget afterwards. */
describe.skipIf(skipWithoutChromium())('the widget as its owner and its page want it', () => {
  let browser: Browser;
  let server: FakeServer;
  let host: Awaited<ReturnType<typeof serveHostPage>>;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => void (browser = await openBrowser()));
  afterAll(() => browser?.close());
  beforeEach(async () => {
    server = await new FakeServer().start();
    complaints = [];
  });
  afterEach(async () => {
    await page?.context().close();
    await host?.stop();
    await server.stop();
    expect(complaints).toEqual([]);
  });

  async function visit({ snippet, policy, ...options }: BrowserContextOptions & { snippet?: string; policy?: string } = {}) {
    host = await serveHostPage(hostPage(server, snippet), policy ?? policyFor(server));
    const context = await browser.newContext({ viewport: { width: 1000, height: 760 }, ...options });
    page = await context.newPage();
    await reportComplaints(page, complaints);
    await page.goto(host.origin);
    await launcher().waitFor();
  }
  const launcher = () => page.locator('docent-widget button').first();
  const panel = () => page.getByRole('dialog');
  const field = () => panel().getByRole('textbox');
  const rated = (count: number) => panel().getByRole('button', { name: 'Helpful', exact: true }).nth(count - 1).waitFor();
  const command = (name: string) => page.evaluate(`Docent('${name}')`);
  const expectNothingLeft = async () => {
    expect(await page.locator('docent-widget').count()).toBe(0);
    expect(await page.evaluate('"Docent" in window')).toBe(false);
    const knocks = server.requests.length;
    await page.waitForTimeout(700);
    // The one look for messages that show themselves comes two seconds after the page, finds nobody, and is the last.
    await expect.poll(() => page.evaluate('window.alive()'), { timeout: 3000 }).toEqual({ timers: 0, listeners: [] });
    expect(server.requests.slice(knocks)).toEqual([]);
  };

  it('wears the name, the greeting, the colour, the side, the theme and the questions that were set', async () => {
    Object.assign(server.bot.widget, { title: 'Ask the harbour', greeting: 'Ahoy!', colour: '#b3410e', position: 'left', theme: 'dark' });
    await visit({ colorScheme: 'light' });
    await launcher().click();
    await panel().getByRole('heading', { name: 'Ask the harbour' }).waitFor();
    await panel().getByText('Ahoy!').waitFor();
    await expectAccessible(page, 'dark by the owner on a light device');
    const looks = async () => [
      await launcher().evaluate(styleOf('backgroundColor')),
      (await launcher().boundingBox())!.x < 100,
      await panel().evaluate(styleOf('backgroundColor')),
      (await panel().boundingBox())!.x < 100,
    ];
    expect(await looks()).toEqual(['rgb(179, 65, 14)', true, 'rgb(27, 28, 33)', true]);
    await panel().getByRole('button', { name: 'What does shipping cost?' }).click();
    await rated(1);
    expect(server.messages[0]!.data.text).toBe('What does shipping cost?');
    // From the second visit on the button wears it before anything is asked.
    server.requests = [];
    await page.reload();
    await launcher().waitFor();
    expect([await launcher().evaluate(styleOf('backgroundColor')), (await launcher().boundingBox())!.x < 100]).toEqual(['rgb(179, 65, 14)', true]);
    expect(server.requests.filter((request) => request.includes('/v1/'))).toEqual([]);
  });

  it.each([true, false])('says who powers it where the plan wants that: %s', async (branding) => {
    server.bot.branding = branding;
    await visit();
    await launcher().click();
    await panel().getByText('Hello! Ask me anything.').waitFor();
    expect(await panel().getByText('Powered by').count()).toBe(branding ? 1 : 0);
  });

  it('begins a new conversation, and keeps the old one where it was', async () => {
    await visit();
    await launcher().click();
    await field().fill('How long does shipping take?');
    await page.keyboard.press('Enter');
    await rated(1);
    await panel().getByRole('button', { name: 'New conversation' }).click();
    await panel().getByRole('button', { name: 'How do I return an item?' }).waitFor();
    expect(await panel().getByText('How long does shipping take?').count()).toBe(0);
    await field().fill('And the weather?');
    await page.keyboard.press('Enter');
    await panel().getByRole('button', { name: 'Opening hours' }).waitFor();
    expect([...server.conversations.values()].map(({ log }) => log[0]!.data.text)).toEqual(['How long does shipping take?', 'And the weather?']);
  });

  it("opens from the page's own link, and gives the focus back to it", async () => {
    await visit();
    await page.getByRole('link', { name: 'A link' }).focus();
    await command('open');
    await expectFocus(page, 'textarea');
    await page.keyboard.press('Escape');
    await expectFocus(page, 'a');
  });

  it('shows the passage in forced colours, at four times the zoom and on a phone', async () => {
    await visit({ forcedColors: 'active', viewport: { width: 320, height: 256 } });
    await launcher().click();
    await field().fill('How long does shipping take?');
    await page.keyboard.press('Enter');
    await rated(1);
    await panel().getByRole('button', { name: /^Source 1/ }).click();
    await panel().locator('mark').waitFor();
    await expectAccessible(page, 'passage, forced colours, 320 by 256');
    const section = panel().locator('section');
    expect(await section.evaluate((log) => log.scrollWidth <= log.clientWidth)).toBe(true);
    // The sentence itself is in sight, however small the screen.
    const mark = (await panel().locator('mark').boundingBox())!;
    const room = (await section.boundingBox())!;
    expect(mark.y < room.y + room.height && mark.y + mark.height > room.y).toBe(true);
  });

  it('leaves nothing, at whichever moment it is taken away', async () => {
    await visit({ snippet: 'data-proactive' });
    server.proactive = [{ id: 'hello', text: 'Hello', path: '/', afterSeconds: 0, afterScroll: 0, onExit: false, returningOnly: false }];
    await page.evaluate(`document.querySelector('docent-widget').shadowRoot.querySelector('button').focus(); Docent('destroy')`);
    await page.waitForTimeout(2200);
    expect(server.requests.filter((request) => request.includes('proactive'))).toEqual([]);
    await expectNothingLeft();
    await page.reload();
    await launcher().click();
    await field().waitFor();
    server.hold = true;
    await field().fill('How long does shipping take?');
    await page.keyboard.press('Enter');
    await panel().getByRole('button', { name: /^Source 1/ }).click();
    await panel().locator('mark').waitFor();
    await command('destroy');
    await expectNothingLeft();
  });

  it('comes back where a single-page application mounts it anew', async () => {
    // Trusted Types would refuse a script element that is made here; the application's own router would have a policy for it.
    await visit({ policy: `script-src ${server.origin}; connect-src ${server.origin}` });
    await launcher().click();
    await field().fill('How long does shipping take?');
    await page.keyboard.press('Enter');
    await rated(1);
    await command('destroy');
    await expectNothingLeft();
    await page.evaluate(`{
      const again = document.createElement('script');
      again.src = '${server.origin}/widget.js';
      again.dataset.bot = '${server.bot.id}';
      document.body.append(again);
    }`);
    await launcher().click();
    await rated(1);
    expect(await page.locator('docent-widget').count()).toBe(1);
    expect(server.messages).toHaveLength(1);
  });

  it('works where the policy trusts what a trusted script loads, and nothing else', async () => {
    const policy = `default-src 'none'; script-src 'nonce-r4nd0m' 'strict-dynamic'; connect-src ORIGIN; base-uri 'none'; object-src 'none'`;
    await visit({ snippet: 'nonce="r4nd0m"', policy: policy.replace('ORIGIN', server.origin) });
    await launcher().click();
    await field().fill('How long does shipping take?');
    await page.keyboard.press('Enter');
    await rated(1);
    complaints = complaints.filter((complaint) => !complaint.includes('hostile.css'));
  });
});
