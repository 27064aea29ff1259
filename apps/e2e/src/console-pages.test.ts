import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBrowser, skipWithoutChromium } from './browser';
import { ScriptedConsole } from './support/scripted-console';

/** The console against its scripted server, under the policy that the product sends: what people do on its pages. */
describe.skipIf(skipWithoutChromium())('the console', () => {
  let browser: Browser;
  let console: ScriptedConsole;
  let address: string;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    console = await ScriptedConsole.open(browser, { width: 1280, height: 860, colours: 'light' });
    ({ page, context, address } = console);
  });
  afterEach(async () => {
    await console?.close();
    expect(console.complaints).toEqual([]);
  });

  const signIn = () => console.signIn();
  const workspace = (name: string) => console.workspace(name);

  async function signInByForm(): Promise<void> {
    await page.getByLabel('E-mail address').fill('ana@acme.example');
    await page.getByRole('textbox', { name: 'Password' }).fill('twelve letters');
    await page.getByRole('button', { name: 'Sign in' }).click();
  }

  async function botIn(base: string): Promise<string> {
    await page.goto(`${base}/bots`);
    await page.getByRole('link', { name: /Acme Help/ }).click();
    await page.waitForURL('**/knowledge');
    return page.url().replace(/\/knowledge$/, '');
  }

  it('leads a new account from nothing to a copied snippet', async () => {
    await page.goto(`${address}/sign-up`);
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByText('use at least 12 characters').waitFor();
    await page.getByLabel('Your name').fill('Noor');
    await page.getByLabel('E-mail address').fill('noor@example.com');
    await page.getByRole('textbox', { name: 'Password' }).fill('four words in a row');
    await page.getByLabel('Company or workspace').fill('Noor Ltd');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.waitForURL('**/setup');

    await page.getByLabel('Name', { exact: true }).fill('Noor Help');
    await page.getByRole('button', { name: 'Create bot' }).click();
    await page.getByText('Drop files here').waitFor();
    const files = ['Warranty.pdf', 'b.md', 'c.txt', 'd.csv', 'broken.pdf'].map((name) => ({
      name,
      mimeType: 'application/octet-stream',
      buffer: Buffer.from('text'),
    }));
    await page.locator('input[type=file]').setInputFiles(files);
    const list = page.getByRole('list', { name: 'Knowledge' });
    await list.getByText('Ready').nth(3).waitFor();
    await list.getByText('The file is damaged or incomplete.').waitFor();
    await page.getByRole('button', { name: 'Next step' }).click();

    await page.getByRole('textbox', { name: 'Your question' }).fill('How long is the warranty?');
    await page.keyboard.press('Enter');
    await page
      .getByRole('button', { name: /^Source 1/ })
      .first()
      .waitFor();
    await page.getByText('3 passages looked at').waitFor();
    await page.getByRole('button', { name: 'Next step' }).click();

    await page.getByRole('textbox', { name: 'Website to allow' }).fill('www.noor.example/shop');
    await page.getByText('This allows https://www.noor.example').waitFor();
    await page.getByRole('button', { name: 'Allow', exact: true }).click();
    await page.getByRole('button', { name: 'Remove https://www.noor.example' }).waitFor();
    await page.getByRole('button', { name: 'Next step' }).click();

    await page.getByRole('button', { name: 'Copy: Script tag' }).click();
    await page.getByText('Your widget is ready').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(new RegExp(`^<script src="${address}/widget.js" data-bot="[0-9a-f-]{36}" async></script>$`));
    await page.getByText(`script-src ${address}; connect-src ${address}`).waitFor();
  });

  it('shows the sentence behind a citation, and the same sentence in the source', async () => {
    await signIn();
    await botIn(await workspace('Acme'));
    await page.getByRole('link', { name: 'Playground' }).click();
    await page.getByRole('textbox', { name: 'Your question' }).fill('How long is the warranty?');
    await page.keyboard.press('Enter');
    await page
      .getByRole('button', { name: /^Source 2/ })
      .first()
      .click();
    const quote = 'It does not cover wear parts such as filters and batteries.';
    const drawer = page.getByRole('dialog', { name: 'Cited passage' });
    await drawer.getByText('The warranty covers defects').waitFor();
    expect(await drawer.locator('mark').textContent()).toBe(quote);
    expect(await console.violations()).toEqual([]);
    await drawer.getByRole('link', { name: 'Show in the source' }).click();
    await page.waitForURL('**/knowledge/**');
    await page.locator('main mark').waitFor();
    expect(await page.locator('main mark').textContent()).toBe(quote);
  });

  it('deletes a source with proof, after asking', async () => {
    await signIn();
    await botIn(await workspace('Acme'));
    await page.getByRole('button', { name: 'Actions for Warranty and returns.pdf' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog', { name: 'Delete this source?' }).getByRole('button', { name: 'Delete' }).click();
    const proof = page.getByRole('dialog', { name: 'Deleted, with proof' });
    await proof.getByText('nothing is left').waitFor();
    expect(await proof.getByRole('row', { name: /Passages in the search index/ }).textContent()).toBe(
      'Passages in the search index410',
    );
    await expect.poll(() => page.getByRole('link', { name: 'Warranty and returns.pdf' }).count()).toBe(0);
  });

  it('shows the secret of an API key once', async () => {
    await signIn();
    await page.goto(`${await workspace('Acme')}/api-keys`);
    await page.getByRole('button', { name: 'New API key' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Test');
    await page.getByRole('button', { name: 'Create key' }).click();
    const secret = await page.getByRole('group', { name: 'API key', exact: true }).textContent();
    expect(secret).toMatch(/^dk_live_/);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('row', { name: /Test/ }).waitFor();
    expect(await page.content()).not.toContain(secret);
  });

  it('goes on without a word when the access cookie runs out, and asks to sign in when the session has ended', async () => {
    await page.goto(`${address}/sign-in`);
    await signInByForm();
    await page.waitForURL('**/overview');
    const base = await workspace('Acme');
    await page.request.get(`${address}/script/expire-access`);
    await page.getByRole('link', { name: 'Members' }).click();
    await page.getByText('Bo Andersson').waitFor();
    await context.clearCookies();
    await page.getByRole('link', { name: 'Usage & plan' }).click();
    await page.getByText('Your session has ended').waitFor();
    await signInByForm();
    await page.waitForURL(`${base}/usage`);
  });

  it('can be used by keyboard alone: skip link, menus, dialogs that give the focus back', async () => {
    await signIn();
    await page.goto(`${await workspace('Acme')}/bots`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Tab');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('content');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'New bot' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    // The focus comes back a moment after the dialog is gone.
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('New bot');
  });

  it('draws of a long list what can be seen, tells its whole length, and is walked with the arrow keys', async () => {
    await signIn();
    await page.goto(`${await workspace('Acme')}/inbox`);
    const list = page.getByRole('list', { name: 'Conversations' });
    const entries = list.getByRole('listitem');
    await entries.first().waitFor();
    expect(await entries.count()).toBeLessThan(40);
    await list.getByRole('link').first().focus();
    for (let step = 0; step < 60; step += 1) {
      await page.keyboard.press('ArrowDown');
      await page.waitForFunction(
        (at) => document.activeElement?.closest('[data-index]')?.getAttribute('data-index') === String(at),
        step + 1,
      );
    }
    expect(await entries.count()).toBeLessThan(60);
    const focused = page.locator('[data-index="60"]');
    expect(await focused.getAttribute('aria-posinset')).toBe('61');
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'What was said' }).waitFor();
  });

  it('inserts a prepared reply by keyboard, takes files that fit, and names those that do not', async () => {
    await signIn();
    const base = await workspace('Acme');
    await page.goto(await console.firstOf(base, 'mine'));
    const reply = page.getByRole('textbox', { name: 'Reply to the visitor' });
    await reply.pressSequentially('Hi /war');
    await page.getByRole('option', { name: '/warranty-form' }).waitFor();
    expect(await console.violations()).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('option').waitFor({ state: 'detached' });
    await page.keyboard.press('Backspace');
    await page.getByRole('option', { name: '/warranty-form' }).waitFor();
    await page.keyboard.press('Tab');
    await expect.poll(() => reply.inputValue()).toMatch(/^Hi Please send the order number/);
    const file = (name: string) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from('x') });
    await page.locator('input[type=file]').setInputFiles([file('photo.png'), file('virus.exe')]);
    const files = page.getByRole('list', { name: 'Files of this reply' });
    await files.getByText(/^virus\.exe – This kind of file/).waitFor();
    await files.getByRole('button', { name: 'Remove virus.exe' }).click();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    const said = page.getByRole('region', { name: 'What was said' });
    await said.getByRole('button', { name: 'Download photo.png' }).waitFor();
    await said.getByText('The visitor is typing…').waitFor();
    await said.getByText('Thank you!').waitFor();
    await expect.poll(() => said.getByText('The visitor is typing…').count()).toBe(0);
  });

  it('takes, snoozes, assigns and closes a conversation, and shows what the table of moves allows', async () => {
    await signIn();
    const base = await workspace('Acme');
    await page.goto(`${await console.firstOf(base, 'waiting')}?view=waiting`);
    await page.getByRole('button', { name: 'Take over', exact: true }).click();
    await page.getByText('Nobody waits').waitFor();
    const menu = page.getByRole('button', { name: 'Actions for this conversation' });
    await menu.click();
    await page.getByRole('menuitem', { name: 'Snooze' }).hover();
    await page.getByRole('menuitem', { name: /^Tomorrow/ }).click();
    await page.getByRole('link', { name: 'Snoozed 2' }).waitFor();
    await menu.click();
    await page.getByRole('menuitem', { name: 'Stop snoozing' }).click();
    await page.getByRole('link', { name: 'Snoozed 1' }).waitFor();
    await menu.click();
    await page.getByRole('menuitem', { name: 'Assign to' }).hover();
    await page.getByRole('menuitem', { name: 'Bo Andersson' }).click();
    await page.getByText('Bo Andersson is writing to this visitor.').waitFor();
    await menu.click();
    expect(await page.getByRole('menuitem', { name: 'Open again' }).count()).toBe(0);
    await page.getByRole('menuitem', { name: 'Close', exact: true }).click();
    await page.getByText('This conversation is closed.').waitFor();
    await menu.click();
    await page.getByRole('menuitem', { name: 'Open again' }).click();
    await page.getByText('The bot is answering this visitor.').waitFor();
  });

  it('shows an identity secret once, and two at most', async () => {
    await signIn();
    await page.goto(`${await botIn(await workspace('Acme'))}/identity`);
    await page.getByText('The signature does not fit').waitFor();
    await page.getByRole('button', { name: 'New secret' }).click();
    const secret = await page.getByRole('dialog').getByRole('group', { name: 'Secret', exact: true }).textContent();
    expect(secret).toMatch(/^dis_/);
    expect(await console.violations()).toEqual([]);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain(secret);
    await expect.poll(() => page.getByRole('button', { name: 'New secret' }).isDisabled()).toBe(true);
  });

  it('keeps the words of a server that refuses, and tries again when asked', async () => {
    await signIn();
    await page.goto(`${await workspace('Failing')}/bots`);
    await page.getByText('Something went wrong on our side.').waitFor();
    const again = page.waitForResponse((response) => response.url().endsWith('/v1/bots'));
    await page.getByRole('button', { name: 'Try again' }).click();
    expect((await again).status()).toBe(500);
  });

  it('asks by itself while pushed changes cannot arrive', async () => {
    await page.routeWebSocket(/socket\.io/, (socket) => socket.close());
    await page.route('**/socket.io/**', (route) => route.abort());
    await signIn();
    await botIn(await workspace('Acme'));
    await page.getByText('Live updates are paused.').waitFor();
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'late.txt', mimeType: 'text/plain', buffer: Buffer.from('text') });
    await page.getByRole('link', { name: 'late.txt' }).waitFor();
  });

  it('follows nobody out of the console after signing in', async () => {
    await page.goto(`${address}/sign-in?redirect=${encodeURIComponent('"//evil.example/"')}`);
    await signInByForm();
    await page.waitForURL(`${address}/w/**`);
  });
});
