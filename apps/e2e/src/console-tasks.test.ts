import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBrowser, skipWithoutChromium } from './browser';
import { ScriptedConsole } from './support/scripted-console';

/** What admins do, page by page: each test is one task, against the scripted server. */
describe.skipIf(skipWithoutChromium())('tasks in the console', () => {
  let browser: Browser;
  let console: ScriptedConsole;
  let page: Page;
  let base: string;

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    console = await ScriptedConsole.open(browser, { width: 1280, height: 860, colours: 'light' });
    page = console.page;
    await console.signIn();
    base = await console.workspace('Acme');
  });
  afterEach(async () => {
    await console?.close();
    expect(console.complaints).toEqual([]);
  });

  const openTab = async (tab: string) => console.visit(`${await console.bot(base, /Acme Help/)}/${tab}`);
  const sources = () => page.getByRole('list', { name: 'Knowledge', exact: true });
  const source = (name: string) => sources().getByRole('listitem').filter({ hasText: name });

  async function choose(list: string, option: string): Promise<void> {
    await page.getByRole('combobox', { name: list }).or(page.getByRole('textbox', { name: list })).first().click();
    await page.getByRole('option', { name: option, exact: true }).click();
  }

  /** A menu hangs over the page, in none of its landmarks, and takes the focus to its first entry. */
  async function expectGoodMenu(): Promise<void> {
    await page.getByRole('menu').waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toMatch(/^menuitem/);
    expect((await console.violations()).filter((found) => !found.startsWith('region:'))).toEqual([]);
  }

  it('reads the figures of a period and of a bot, as a drawing and as a table, and goes from a question to its conversations', async () => {
    await console.visit(`${base}/overview`);
    const table = page.getByRole('table', { name: 'Questions per day' });
    await table.waitFor({ state: 'attached' });
    await expect.poll(() => table.getByRole('row').count()).toBe(31);
    await expect.poll(() => page.locator('.recharts-bar-rectangle').count()).toBeGreaterThan(30);
    await page.getByText('7 days', { exact: true }).click();
    await expect.poll(() => table.getByRole('row').count()).toBe(8);
    const asked = page.waitForRequest((request) => /\/v1\/overview\?.*botId=/.test(request.url()));
    await choose('Filter by bot', 'Acme Help');
    await asked;
    await page.getByRole('link', { name: /^Do you have a shop in Lisbon\?/ }).first().click();
    await page.waitForURL('**/conversations?**');
    await page.getByRole('list', { name: 'Conversations' }).getByText('Do you have a shop in Lisbon?').waitFor();
  });

  it('goes from one workspace to another, and makes a third', async () => {
    await console.visit(`${base}/bots`);
    await page.getByRole('button', { name: /^Switch workspace:/ }).click();
    await expectGoodMenu();
    await page.getByRole('menuitem', { name: 'Fresh start' }).click();
    await page.waitForURL(`${await console.workspace('Fresh start')}/overview`);
    await page.getByText('Set up your first bot').waitFor();
    await page.getByRole('button', { name: /^Switch workspace:/ }).click();
    await page.getByRole('menuitem', { name: 'New workspace' }).click();
    await page.getByRole('textbox').fill('Third');
    await page.getByRole('button', { name: 'Create workspace' }).click();
    await page.waitForURL(`${await console.workspace('Third')}/**`);
  });

  it('takes many files that are dropped at once, and shows each become ready without being asked', async () => {
    await openTab('knowledge');
    const names = Array.from({ length: 12 }, (_, at) => `part-${at + 1}.txt`);
    const dropped = await page.evaluateHandle((all) => {
      const data = new DataTransfer();
      for (const name of all) data.items.add(new File([name], name, { type: 'text/plain' }));
      return data;
    }, names);
    let asked = 0;
    page.on('request', (request) => (asked += Number(request.method() === 'GET' && request.url().includes('/sources'))));
    const zone = page.getByText('Drop files here, or click to choose');
    await zone.dispatchEvent('dragenter', { dataTransfer: dropped });
    await zone.dispatchEvent('drop', { dataTransfer: dropped });
    for (const name of names) await source(name).getByText('Ready', { exact: true }).waitFor();
    // The steps came over the socket: the list was read when a file had arrived or was ready, not while it was worked on.
    expect(asked).toBeLessThanOrEqual(names.length * 2 + 2);
  });

  it('says why a source failed, and tries again with a button beside it', async () => {
    await openTab('knowledge');
    const failed = source('Price list (protected).pdf');
    await failed.getByText('The file is protected with a password.').waitFor();
    await failed.getByRole('button', { name: /^Actions for/ }).click();
    await expectGoodMenu();
    await page.keyboard.press('Escape');
    await failed.getByRole('button', { name: 'Try again: Price list (protected).pdf' }).click();
    await failed.getByRole('progressbar').waitFor();
    await failed.getByText('Ready', { exact: true }).waitFor();
    await expect.poll(() => failed.getByRole('button', { name: /^Try again/ }).count()).toBe(0);
  });

  it('finds sources by name, status and type, and says so where none fits', async () => {
    await openTab('knowledge');
    await sources().getByRole('listitem').nth(6).waitFor();
    await choose('Filter by type', 'Web page');
    await expect.poll(() => sources().getByRole('listitem').count()).toBe(1);
    await choose('Filter by status', 'Failed');
    await page.getByText('Nothing matches').waitFor();
    // What is chosen once more is taken away, with the keyboard too.
    await choose('Filter by type', 'Web page');
    await source('Price list (protected).pdf').waitFor();
    await choose('Filter by status', 'Failed');
    await page.getByRole('textbox', { name: 'Search by name' }).fill('opening');
    await expect.poll(() => sources().getByRole('listitem').count()).toBe(1);
    await sources().getByRole('link', { name: 'Opening hours' }).click();
    await page.getByText(/characters, as the bot reads them/).waitFor();
    await page.getByText('Page 2', { exact: true }).waitFor();
  });

  it('shows what is typed about the widget at once, and repairs what nobody could read', async () => {
    await openTab('widget');
    const preview = page.getByRole('img', { name: /^Preview of the widget/ });
    await page.getByRole('textbox', { name: 'Title' }).fill('Ask the harbour');
    await page.getByRole('textbox', { name: 'Greeting' }).fill('Ahoy!');
    await page.getByRole('textbox', { name: 'Colour' }).fill('#ffee00');
    await page.getByText('Dark', { exact: true }).click();
    await page.getByText('Left', { exact: true }).click();
    await page.getByRole('img', { name: 'Preview of the widget "Ask the harbour"' }).getByText('Ahoy!').waitFor();
    const stage = preview.locator('..');
    await expect.poll(() => stage.getAttribute('data-position')).toBe('left');
    await expect.poll(() => stage.getAttribute('data-scheme')).toBe('dark');
    // Black on yellow; axe measures the rest, yellow as text among it.
    expect(await preview.getByText('How long is the warranty?').last().evaluate((node) => getComputedStyle(node).color)).toBe('rgb(0, 0, 0)');
    expect(await console.violations('colours')).toEqual([]);
    await page.getByText('Light', { exact: true }).click();
    expect(await console.violations('colours')).toEqual([]);
    await console.keepPicture('widget-preview-yellow');
    await page.getByRole('button', { name: 'Save changes' }).first().click();
    await page.getByText('Saved').first().waitFor();
    await page.reload();
    await page.getByRole('img', { name: 'Preview of the widget "Ask the harbour"' }).waitFor();
  });

  it('allows exact origins only, each once, and closes the bot again', async () => {
    await openTab('widget');
    const field = page.getByRole('textbox', { name: 'Website to allow' });
    const allow = page.getByRole('button', { name: 'Allow', exact: true });
    await field.fill('*.acme.example');
    await allow.click();
    await page.getByText('This is not a website address.').waitFor();
    await field.fill('https://shop.acme.example/basket');
    await allow.click();
    await page.getByText('This website is already allowed.').waitFor();
    for (const origin of ['https://www.acme.example', 'https://shop.acme.example']) await page.getByRole('button', { name: `Remove ${origin}` }).click();
    await page.getByText('Closed: no website may use this bot yet.').waitFor();
    await page.getByText('Allow a domain first').waitFor();
  });

  it('shows a conversation as soon as it happens, with its answer, passages and ratings', async () => {
    await console.visit(`${base}/conversations`);
    const list = page.getByRole('list', { name: 'Conversations' });
    await list.getByRole('link').first().waitFor();
    const other = await console.context.newPage();
    await other.goto(`${await console.bot(base, /Acme Help/)}/playground`);
    await other.getByRole('textbox', { name: 'Your question' }).fill('Is the handle covered by the warranty?');
    await other.keyboard.press('Enter');
    await list.getByText('Is the handle covered by the warranty?').click();
    await page.getByRole('button', { name: /^Source 1/ }).first().click();
    await page.getByRole('dialog', { name: 'Cited passage' }).locator('mark').waitFor();
    await page.keyboard.press('Escape');
    await choose('Filter by answer', 'Rated not helpful');
    await list.getByRole('link', { name: /Which filter fits the 410\?/ }).click();
    await page.getByRole('img', { name: /not helpful/i }).first().waitFor();
  });

  it('revokes an API key after asking', async () => {
    await console.visit(`${base}/api-keys`);
    await page.getByRole('button', { name: 'Revoke Nightly import' }).click();
    const question = page.getByRole('dialog', { name: 'Revoke Nightly import?' });
    expect(await console.violations()).toEqual([]);
    await question.getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('Nightly import is revoked').waitFor();
    await page.getByRole('row', { name: /Nightly import/ }).waitFor({ state: 'detached' });
    await page.getByRole('row', { name: /Website backend/ }).waitFor();
  });

  it('invites somebody by a link that is shown once, changes a role, and lets somebody go', async () => {
    await console.visit(`${base}/members`);
    await page.getByRole('button', { name: 'Invite somebody' }).click();
    const dialog = page.getByRole('dialog', { name: 'Invite somebody' });
    await dialog.getByRole('textbox', { name: 'E-mail address' }).fill('eli@acme.example');
    expect(await console.violations()).toEqual([]);
    await dialog.getByRole('button', { name: 'Create invitation link' }).click();
    expect(await dialog.getByRole('group', { name: 'Invitation link', exact: true }).textContent()).toMatch(/\/invite\/\S+/);
    await page.keyboard.press('Escape');
    await page.getByRole('row', { name: /eli@acme\.example/ }).waitFor();
    await choose('Role of Bo Andersson', 'Viewer Looks at everything, changes nothing');
    await page.getByText('Saved').first().waitFor();
    await page.getByRole('button', { name: 'Remove Chiamaka Obi' }).click();
    await page.getByRole('dialog', { name: 'Remove Chiamaka Obi?' }).getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('row', { name: /Chiamaka/ }).waitFor({ state: 'detached' });
  });

  it('tests a language model before it is saved, and never shows its key again', async () => {
    await console.visit(`${base}/settings`);
    await choose('Provider', 'Anthropic');
    await page.getByRole('textbox', { name: 'Model' }).fill('claude-sonnet-4-5');
    const key = page.getByRole('textbox', { name: 'API key' });
    await key.fill('bad');
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await page.getByText('The provider refused the key (401).').waitFor();
    expect(await console.violations()).toEqual([]);
    await key.fill('sk-something-good');
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await page.getByText('First words after 312 ms.').waitFor();
    await page.getByRole('button', { name: 'Save changes' }).nth(1).click();
    await page.getByText('Saved').first().waitFor();
    await page.reload();
    await page.getByText('A key is stored.').waitFor();
    expect(await key.inputValue()).toBe('');
    expect(await page.content()).not.toContain('sk-something-good');
  });

  it('keeps the chosen appearance, and brings the open tab into sight on a phone', async () => {
    await console.visit(`${base}/usage`);
    await page.getByRole('button', { name: /^Your account:/ }).click();
    await expectGoodMenu();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    await expect.poll(() => page.getByRole('menuitemradio', { name: 'Dark' }).getAttribute('aria-checked')).toBe('true');
    await expectGoodMenu();
    const scheme = () => page.locator('html').getAttribute('data-mantine-color-scheme');
    await expect.poll(scheme).toBe('dark');
    await page.reload();
    await expect.poll(scheme).toBe('dark');
    await console.wear({ width: 320, height: 700, colours: 'light', touch: true });
    await openTab('people');
    const tabs = (await page.getByRole('navigation', { name: 'About this bot' }).boundingBox())!;
    const open = (await page.getByRole('link', { name: 'People', exact: true }).boundingBox())!;
    expect([open.x >= tabs.x - 1, open.x + open.width <= tabs.x + tabs.width + 1]).toEqual([true, true]);
    await page.getByRole('button', { name: 'Open navigation' }).click();
    await page.getByRole('dialog', { name: 'Menu' }).getByRole('link', { name: 'Members' }).click();
    await page.getByRole('heading', { level: 1, name: 'Members' }).waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });
});
