import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { SignJWT } from 'jose';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HandoverSettings, type ConversationDetails, type Engagement, type InboxItem, type Lead } from '@docent/contracts';
import { openBrowser, skipWithoutChromium } from './browser';
import { signInAsOwner } from './support/sign-in';
import { startCustomerSite, startServer, type ServerUnderTest } from './support/start-server';

/** A folder for pictures of each step; none are taken without it. */
const pictures = process.env.PICTURES_TO;
/** A page may be drawn late where others take the machine's time. */
const patience = { timeout: 30_000 };
const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF');
const form = { title: 'Before we begin', fields: [{ key: 'name', label: 'Your name', type: 'text', required: true }, { key: 'email', label: 'Your e-mail', type: 'email', required: true }], consent: 'You may write to me.' };
const hello = { id: 'hello', text: 'Questions about delivery? Ask here.', path: '/', afterSeconds: 1 };

/** What a visitor does beside asking, on a website of another origin, and what the member in the console sees of it: the real product at both ends. */
describe.skipIf(skipWithoutChromium())('a visitor and a member', () => {
  let server: ServerUnderTest;
  let site: Awaited<ReturnType<typeof startCustomerSite>>;
  let browser: Browser;
  let contexts: BrowserContext[];
  let visitor: Page;
  let agent: Page;
  let workspace: string;
  let complaints: string[];
  let identity = '';
  let botId: string;
  const mails: string[] = [];
  const mailServer = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData: (stream, _session, done) => {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', () => (mails.push(Buffer.concat(pieces).toString('utf8')), done()));
    },
  });

  beforeAll(async () => {
    await new Promise<void>((listening) => mailServer.listen(0, '127.0.0.1', listening));
    const { port } = mailServer.server.address() as AddressInfo;
    [server, browser] = await Promise.all([startServer({ SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'help@shop.example.com' }), openBrowser()]);
    site = await startCustomerSite(() => {
      const snippet = `<script src="${server.url}/widget.js" data-bot="${botId}" data-proactive async></script>`;
      // The customer's own server has signed it; the page hands it on by an attribute, because its policy allows no inline script.
      const html = `<!doctype html><html lang="en" data-identity="${identity}"><head><title>Shop</title>${snippet}</head><body><h1>Shop</h1><p>Deck chairs, sails and rope.</p></body></html>`;
      return { html, policy: `default-src 'none'; script-src ${server.url}; connect-src ${server.url}; img-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'` };
    });
    await api('PATCH', `/v1/bots/${server.demo.botId}`, { allowedOrigins: [site.origin] });
    await api('PUT', `/v1/bots/${server.demo.botId}/handover-settings`, { ...HandoverSettings.parse({}), enabled: true });
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([site?.close(), server?.close(), new Promise<void>((closed) => mailServer.close(() => closed()))]);
  });
  beforeEach(async () => {
    complaints = [];
    identity = '';
    botId = server.demo.botId;
    contexts = await Promise.all([aDevice(), aDevice()]);
    [visitor, agent] = (await Promise.all(contexts.map((context) => context.newPage()))) as [Page, Page];
    for (const page of [visitor, agent]) page.on('pageerror', (error) => complaints.push(error.message));
    workspace = await signInAsOwner(agent, server);
  });
  afterEach(async ({ task }) => {
    for (const [name, page] of Object.entries({ visitor, agent })) if (task.result?.state === 'fail') await page.screenshot({ path: `.test/journey-${name}-${task.name.slice(0, 20).replace(/\W/g, '-')}.png` });
    await Promise.all(contexts.map((context) => context.close()));
    expect(complaints).toEqual([]);
  });

  const aDevice = () => browser.newContext({ viewport: { width: 1280, height: 860 }, reducedMotion: 'reduce', acceptDownloads: true });

  async function picture(page: Page, name: string): Promise<void> {
    if (!pictures) return;
    for (const [look, width, colorScheme] of [['light', 1280, 'light'], ['dark', 1280, 'dark'], ['phone', 320, 'dark']] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 860 });
      await page.waitForTimeout(250);
      await page.screenshot({ path: `${pictures}/${name}-${look}.png` });
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1280, height: 860 });
  }

  /** Calls the public API as the customer's server would. */
  async function api<T>(method: string, path: string, body?: object): Promise<T> {
    const headers = { authorization: `Bearer ${server.demo.apiKey}`, ...(body ? { 'content-type': 'application/json' } : {}) };
    const response = await fetch(server.url + path, { method, headers, body: body && JSON.stringify(body) });
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** Calls as the console does, with the member's session. */
  async function asMember<T>(method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, data?: object): Promise<T> {
    const headers = { 'docent-workspace': workspace.split('/').at(-1)!, origin: server.url };
    const response = await agent.request.fetch(server.url + path, { method, headers, ...(data ? { data } : {}) });
    if (!response.ok()) throw new Error(`${method} ${path} answered ${response.status()}: ${await response.text()}`);
    return (await response.json()) as T;
  }

  const engage = (settings: Partial<Record<keyof Engagement, unknown>>) => asMember('PUT', `/v1/bots/${server.demo.botId}/engagement`, settings);
  const detailsOf = (id: string) => asMember<ConversationDetails>('GET', `/v1/conversations/${id}/details`);
  const panel = (page = visitor) => page.getByRole('dialog');
  const openWidget = async (page = visitor) => {
    await page.goto(site.origin);
    await page.locator('docent-widget').getByRole('button').first().click();
  };
  const says = async (text: string, page = visitor) => {
    await panel(page).getByRole('textbox', { name: 'Ask a question…' }).fill(text);
    await page.keyboard.press('Enter');
  };
  const asks = async (text: string, page = visitor) => {
    const helpful = panel(page).getByRole('button', { name: 'Helpful', exact: true });
    const before = await helpful.count();
    await says(text, page);
    await helpful.nth(before).waitFor();
  };
  const transcript = () => agent.getByRole('region', { name: 'What was said' });
  const reply = () => agent.getByRole('textbox', { name: 'Reply to the visitor' });
  const openFirst = async (view: string) => {
    await agent.goto(`${workspace}/inbox?view=${view}`);
    await agent.getByRole('list', { name: 'Conversations' }).getByRole('link').first().click();
    await transcript().waitFor();
    return new URL(agent.url()).pathname.split('/').at(-1)!;
  };
  const takeOver = async () => {
    await agent.getByRole('button', { name: 'Take over', exact: true }).click();
    await reply().waitFor();
  };
  const signed = (subject: string) => async () => {
    const { secret } = await identitySecret();
    return new SignJWT({ sub: subject, name: 'Zora Quill', email: 'zora@example.com', exp: Math.floor(Date.now() / 1000) + 3600 }).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret));
  };
  let kept: { secret: string } | undefined;
  const identitySecret = async () => (kept ??= await asMember<{ secret: string }>('POST', `/v1/bots/${server.demo.botId}/identity-secrets`));

  it('meet over a message that shows itself, a form before the chat, and files both ways', async () => {
    await engage({ preChatForm: form, proactive: [hello], attachments: true });
    await visitor.goto(site.origin);
    const hint = visitor.getByRole('button', { name: hello.text });
    await hint.waitFor();
    await picture(visitor, 'proactive');
    await hint.click();
    await panel().getByText('Before we begin').waitFor();
    await picture(visitor, 'pre-chat');
    await panel().getByLabel('Your name').fill('=cmd|"/c calc"!A1');
    await panel().getByLabel('Your e-mail').fill('eva@example.com');
    await panel().getByRole('checkbox').check();
    await panel().locator('form button').last().click();
    await asks('Which file formats can I upload?');
    // Neither the message nor the form comes a second time.
    await visitor.reload();
    await visitor.locator('docent-widget').getByRole('button').first().click();
    await panel().getByRole('button', { name: 'Helpful', exact: true }).first().waitFor();
    expect(await hint.count()).toBe(0);
    expect(await panel().getByText('Before we begin').count()).toBe(0);

    const chooser = visitor.waitForEvent('filechooser');
    await panel().getByRole('button', { name: 'Attach a file' }).click();
    await (await chooser).setFiles({ name: 'receipt.pdf', mimeType: 'application/pdf', buffer: pdf });
    // Sent at once: it goes when the file is there.
    await says('Here is my receipt.');
    await panel().getByRole('button', { name: 'Talk to a person' }).first().click();
    await panel().getByText('Waiting for a person').waitFor();
    const id = await openFirst('waiting');
    const [download] = await Promise.all([agent.waitForEvent('download'), transcript().getByRole('button', { name: /Download receipt\.pdf/ }).click()]);
    expect(await readFile(await download.path())).toEqual(pdf);
    await takeOver();
    await agent.locator('input[type=file]').setInputFiles({ name: 'answer.pdf', mimeType: 'application/pdf', buffer: pdf });
    await reply().fill('And here is yours.');
    await agent.keyboard.press('Enter');
    await picture(agent, 'attachments-agent');
    await panel().getByText('And here is yours.').waitFor();
    const [back] = await Promise.all([visitor.waitForEvent('download'), panel().getByRole('button', { name: /answer\.pdf/ }).click()]);
    expect(await readFile(await back.path())).toEqual(pdf);
    await picture(visitor, 'attachments-visitor');
    // Who they are stands beside the conversation, and in the file for a spreadsheet with nothing that runs.
    expect((await detailsOf(id)).visitor).toMatchObject({ email: 'eva@example.com', verified: false });
    const { items } = await asMember<{ items: Lead[] }>('GET', `/v1/bots/${server.demo.botId}/leads`);
    expect(items[0]).toMatchObject({ form: 'pre_chat', consent: 'You may write to me.', fields: { email: 'eva@example.com' } });
    const csv = await (await agent.request.get(`${server.url}/v1/bots/${server.demo.botId}/leads.csv`, { headers: { 'docent-workspace': workspace.split('/').at(-1)! } })).text();
    expect(csv).not.toMatch(/(^|,|")=cmd/m);
  });

  it('part with a rating and a transcript by mail; what was snoozed comes back with a word', async () => {
    await engage({ satisfaction: true, mailTranscript: true });
    await openWidget();
    await asks('Which file formats can I upload?');
    await panel().getByRole('button', { name: 'Talk to a person' }).first().click();
    const id = await openFirst('waiting');
    await takeOver();
    await reply().fill('Hello, I look into it until tomorrow.');
    await agent.keyboard.press('Enter');
    await panel().getByText('until tomorrow').waitFor();
    // What was just said is in sight, also where the brief came in between.
    await expect.poll(() => transcript().evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight), patience).toBeLessThan(5);
    await agent.getByRole('button', { name: 'Actions for this conversation' }).click();
    await agent.getByRole('menuitem', { name: 'Snooze' }).click();
    await agent.getByRole('menuitem', { name: /·/ }).first().click();
    const lists = () => asMember<{ items: InboxItem[] }>('GET', '/v1/inbox?view=snoozed').then(({ items }) => items.map((item) => item.id));
    await expect.poll(lists, patience).toEqual([id]);
    await picture(agent, 'snoozed');
    await says('Take your time.');
    await expect.poll(lists, patience).toEqual([]);
    await transcript().getByText('Take your time.').waitFor();
    await agent.getByRole('button', { name: 'Close', exact: true }).click();
    await panel().getByText('How was this conversation?').waitFor();
    await panel().getByRole('button', { name: '4 / 5' }).click();
    await picture(visitor, 'rating');
    await panel().getByRole('textbox', { name: 'Anything to add?' }).fill('Quick, thank you.');
    await panel().getByRole('button', { name: 'Send', exact: true }).first().click();
    await expect.poll(async () => (await detailsOf(id)).satisfaction, patience).toEqual({ score: 4, comment: 'Quick, thank you.' });
    await agent.reload();
    await agent.getByRole('button', { name: 'About this conversation' }).click();
    await agent.getByText('Quick, thank you.').waitFor();
    await picture(agent, 'rated');
    await panel().getByRole('button', { name: 'Send me this conversation by e-mail' }).click();
    await panel().getByLabel('E-mail address').fill('eva@example.com');
    await panel().locator('.go').click();
    await panel().getByText('It is on its way to you.').waitFor();
    await expect.poll(() => mails.length, patience).toBe(1);
    expect(mails[0]).toMatch(/^To: eva@example\.com$/m);
    expect(Buffer.from(mails[0]!.split('\r\n\r\n').slice(1).join(''), 'base64').toString()).toContain('until tomorrow');
  });

  it('know each other by a signed identity, whose history is there on the next device; a bad signature is told to the owner', async () => {
    await engage({});
    identity = await signed('customer-7')();
    const identify = (page: Page) => page.evaluate(`Docent('identify', document.documentElement.dataset.identity)`);
    await visitor.goto(site.origin);
    await visitor.locator('docent-widget').waitFor({ state: 'attached' });
    await identify(visitor);
    await visitor.locator('docent-widget').getByRole('button').first().click();
    await asks('How are tenants kept apart?');
    const id = await openFirst('all');
    await agent.getByText('Zora Quill').first().waitFor();
    expect((await detailsOf(id)).visitor).toMatchObject({ verified: true, externalId: 'customer-7', name: 'Zora Quill', email: 'zora@example.com' });
    await picture(agent, 'identity');

    const phone = await aDevice();
    contexts.push(phone);
    const second = await phone.newPage();
    await second.goto(site.origin);
    await second.locator('docent-widget').waitFor({ state: 'attached' });
    await identify(second);
    await second.locator('docent-widget').getByRole('button').first().click();
    await panel(second).getByText('How are tenants kept apart?').waitFor();
    // Both devices follow the same log.
    await asks('How do I embed the widget?', second);
    await panel().getByText('How do I embed the widget?').waitFor();

    identity = `${identity.slice(0, -6)}AAAAAA`;
    const third = await phone.newPage();
    await third.evaluate('0');
    await third.goto(site.origin);
    await third.locator('docent-widget').waitFor({ state: 'attached' });
    await identify(third);
    await third.locator('docent-widget').getByRole('button').first().click();
    await panel(third).getByRole('textbox', { name: 'Ask a question…' }).waitFor();
    await agent.goto(`${workspace}/bots/${server.demo.botId}/identity`);
    await agent.getByText(/signature/i).first().waitFor();
    await picture(agent, 'bad-signature');
  });

  it('part for good when the bot is deleted: the visitor is told at once, in words', async () => {
    ({ id: botId } = await api<{ id: string }>('POST', '/v1/bots', { name: 'Short-lived', allowedOrigins: [site.origin] }));
    await openWidget();
    await asks('Is anybody there?');
    await asMember('DELETE', `/v1/bots/${botId}`);
    await panel().getByText('This chat is not available any more.').waitFor();
    await picture(visitor, 'gone');
  });

  it('see the form instead of a person out of hours', async () => {
    await engage({ messageForm: { title: 'Leave a message', fields: [{ key: 'email', label: 'Your e-mail', type: 'email', required: true }, { key: 'message', label: 'Message', type: 'textarea', required: true }] } });
    await api('PUT', `/v1/bots/${server.demo.botId}/handover-settings`, { ...HandoverSettings.parse({}), enabled: true, hours: { timeZone: 'Asia/Tokyo', open: [] } });
    await openWidget();
    await asks('Which file formats can I upload?');
    await panel().getByRole('button', { name: 'Talk to a person' }).first().click();
    await panel().getByLabel('Your e-mail').fill('eva@example.com');
    await panel().getByRole('textbox', { name: 'Message' }).fill('Please call me.');
    await picture(visitor, 'out-of-hours');
    await panel().locator('form button').last().click();
    await panel().getByText('Thank you. We will get back to you.').waitFor();
    await agent.goto(`${workspace}/bots/${server.demo.botId}/leads`);
    await agent.getByText('Please call me.').first().waitFor();
    await picture(agent, 'leads');
  });
});
