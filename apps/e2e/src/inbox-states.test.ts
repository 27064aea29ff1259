import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBrowser, skipWithoutChromium } from './browser';
import { startSlowModel, type SlowModel } from './support/slow-model';
import { signInAsOwner } from './support/sign-in';
import { startServer, type ServerUnderTest } from './support/start-server';

const proven = 'PDF files can be uploaded [1].';
const invented = 'Each upload costs 900 dollars.';
const mark = 'Not found in the sources';
/** A page may be drawn late where others take the machine's time. */
const patience = { timeout: 30_000 };

/** What the inbox shows of answers that are not proved, of conversations that are gone, of lists that are empty, and across a deployment. */
describe.skipIf(skipWithoutChromium())('the inbox', () => {
  let server: ServerUnderTest;
  let model: SlowModel;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let workspace: string;

  beforeAll(async () => {
    [model, browser] = await Promise.all([startSlowModel(() => `${proven} ${invented}`), openBrowser()]);
    server = await startServer({ MODEL_PROVIDER: 'openai', MODEL_NAME: 'slow', MODEL_BASE_URL: model.baseUrl, MODEL_API_KEY: 'none', ALLOW_PRIVATE_NETWORK: 'true' });
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([model?.close(), server?.close()]);
  });
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1280, height: 860 }, reducedMotion: 'reduce' });
    page = await context.newPage();
    workspace = await signInAsOwner(page, server);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await page.screenshot({ path: `.test/inbox-states-${task.name.slice(0, 20).replace(/\W/g, '-')}.png` });
    await context.close();
  });

  /** Calls the public API as the customer's server would. */
  async function api<T>(method: string, path: string, body?: object): Promise<T> {
    const headers = { authorization: `Bearer ${server.demo.apiKey}`, ...(body ? { 'content-type': 'application/json' } : {}) };
    const response = await fetch(server.url + path, { method, headers, body: body && JSON.stringify(body) });
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  }

  async function anAnswer(): Promise<string> {
    const { id } = await api<{ id: string }>('POST', `/v1/bots/${server.demo.botId}/conversations`, {});
    await api('POST', `/v1/conversations/${id}/messages`, { clientMessageId: 'first', text: 'Which file formats can I upload?' });
    const isOver = async () => (await api<{ transcript: { status?: string }[] }>('GET', `/v1/conversations/${id}`)).transcript.some(({ status }) => status === 'completed');
    await expect.poll(isOver, patience).toBe(true);
    return id;
  }

  it('says the next step where a list is empty', async () => {
    await page.goto(`${workspace}/inbox`);
    await page.getByText('No conversations yet').waitFor();
    await page.getByRole('link', { name: 'Put the chat on your website' }).waitFor();
    await page.goto(`${workspace}/inbox?view=waiting`);
    await page.getByRole('link', { name: 'Let visitors reach a person' }).click();
    await page.getByLabel('Visitors can reach a person').check();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.goto(`${workspace}/inbox?view=waiting`);
    await page.getByRole('link', { name: 'Put the chat on your website' }).waitFor();
    // Where somebody has chatted, an empty list needs no advice.
    await anAnswer();
    await page.goto(`${workspace}/inbox?view=waiting`);
    await page.getByText('Nobody waits').waitFor();
    await page.getByRole('link', { name: 'Put the chat on your website' }).waitFor({ state: 'detached' });
  });

  it('marks what no source carries in an answer of a model, and says why; the mark is live and stays', async () => {
    const id = await anAnswer();
    await page.goto(`${workspace}/inbox/${id}`);
    const transcript = page.getByRole('region', { name: 'What was said' });
    const answer = transcript.locator('[class*="_assistant_"]').first();
    const marks = answer.getByRole('img', { name: mark });
    // One in the text, one in the line that says what it means.
    await expect.poll(() => marks.count(), patience).toBe(2);
    await expect.poll(() => answer.innerText(), patience).toMatch(/States a number or a date that the source does not have/);
    expect(await answer.innerText()).not.toContain('[?]');
    // It follows the invented sentence, not the one that is proved.
    expect(await answer.locator('p').first().innerText()).toMatch(/uploaded\s*1\.?\s.*900 dollars\.\s*\?\s*$/s);
    await page.reload();
    await expect.poll(() => marks.count(), patience).toBe(2);
    // The same while an answer grows before one's eyes.
    await api('POST', `/v1/conversations/${id}/messages`, { clientMessageId: 'second', text: 'Which file formats can I upload?' });
    await expect.poll(() => transcript.getByRole('img', { name: mark }).count(), patience).toBe(4);
  });

  it('lets a member rate an answer of the bot, and take it back', async () => {
    const id = await anAnswer();
    await page.goto(`${workspace}/inbox/${id}`);
    const rated = async () => (await api<{ transcript: { rating?: string | null }[] }>('GET', `/v1/conversations/${id}`)).transcript.at(-1)!.rating;
    const thumb = (name: string) => page.getByRole('group', { name: 'Rate this answer' }).getByRole('button', { name, exact: true });
    const isPressed = (name: string) => thumb(name).getAttribute('aria-pressed');
    await thumb('Not helpful').click();
    await expect.poll(rated, patience).toBe('down');
    await expect.poll(() => isPressed('Not helpful'), patience).toBe('true');
    await thumb('Helpful').click();
    await expect.poll(rated, patience).toBe('up');
    await expect.poll(() => isPressed('Helpful'), patience).toBe('true');
    await thumb('Helpful').click();
    await expect.poll(rated, patience).toBe(null);
  });

  it('says that the open conversation was deleted, and leads back', async () => {
    const id = await anAnswer();
    await page.goto(`${workspace}/inbox/${id}`);
    await page.getByRole('region', { name: 'What was said' }).waitFor();
    const elsewhere = await context.newPage();
    await elsewhere.goto(`${workspace}/inbox/${id}`);
    await elsewhere.evaluate(
      ([path, workspaceId]) => fetch(path!, { method: 'DELETE', headers: { 'docent-workspace': workspaceId! } }).then(({ status }) => status),
      [`/v1/conversations/${id}`, workspace.split('/').at(-1)],
    );
    await page.getByText('This conversation is not there any more').waitFor();
    await expect.poll(() => page.locator(`a[href*="${id}"]`).count(), patience).toBe(0);
    await page.getByRole('link', { name: 'Back to the inbox' }).click();
    await page.getByText('Choose a conversation').or(page.getByText('Visitors who wait')).first().waitFor();
  });

  it('goes on after a deployment: a page whose file is gone is loaded anew, and where that does not help, it says so', async () => {
    let missing = 1;
    await page.route('**/assets/members-page-*.js', (route) => (missing-- > 0 ? route.fulfill({ status: 404, body: '' }) : route.continue()));
    await page.getByRole('link', { name: 'Members' }).first().click();
    await page.getByRole('heading', { name: 'Members', level: 1 }).waitFor();
    await page.route('**/assets/api-keys-page-*.js', (route) => route.fulfill({ status: 404, body: '' }));
    await page.getByRole('link', { name: 'API keys' }).first().click();
    await page.getByText('This page stopped working').waitFor();
    await page.unroute('**/assets/api-keys-page-*.js');
    await page.getByRole('button', { name: 'Reload' }).click();
    await page.getByRole('heading', { name: 'API keys', level: 1 }).waitFor();
  });
});
