import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Engagement, HandoverSettings, InboxItem } from '@docent/contracts';
import { openBrowser, skipWithoutChromium } from './browser';
import { signInAsOwner } from './support/sign-in';
import { startServer, type ServerUnderTest } from './support/start-server';

/** A loaded machine draws late. */
const soon = { timeout: 20_000 };

/** A folder for pictures of each state in light, dark and on a phone; none are taken without it. */
const pictures = process.env.PICTURES_TO;

/** What an owner sets for the people behind a bot, and what agents file, in the real product. */
describe.skipIf(skipWithoutChromium())('settings for people', () => {
  let server: ServerUnderTest;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let workspace: string;
  let complaints: string[];

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  beforeEach(() => signIn());
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail')
      await page.screenshot({ path: `.test/people-settings-${task.name.slice(0, 24).replace(/\W/g, '-')}.png` });
    await context.close();
    expect(complaints).toEqual([]);
  });

  async function signIn(permissions: string[] = []): Promise<void> {
    complaints = [];
    context = await browser.newContext({
      viewport: { width: 1360, height: 900 },
      reducedMotion: 'reduce',
      permissions,
      acceptDownloads: true,
    });
    await context.addInitScript(watchAlerts);
    page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    workspace = await signInAsOwner(page, server);
  }

  /** What lies in the panel beside a conversation closes where that panel becomes a drawer: no picture of it on a phone. */
  async function picture(name: string, looks = ['light', 'dark', 'phone']): Promise<void> {
    if (!pictures) return;
    for (const look of looks) {
      const [width, colorScheme] = [look === 'phone' ? 390 : 1360, look === 'dark' ? 'dark' : 'light'] as const;
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      // Colours that are inherited arrive a frame later.
      await page.waitForTimeout(200);
      await page.screenshot({ path: `${pictures}/${name}-${look}.png`, fullPage: true });
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1360, height: 900 });
  }

  const bot = (tab: string) => page.goto(`${workspace}/bots/${server.demo.botId}/${tab}`);
  /** The field of a list to choose from. */
  const choice = (label: string) => page.locator('input').and(page.getByLabel(label, { exact: true }));
  const save = async () => {
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
  };

  async function api<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(server.url + path, {
      method,
      headers: { authorization: `Bearer ${server.demo.apiKey}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      body: body && JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** A visitor on the product's own page, who has asked something. */
  async function aVisitor(question: string) {
    const session = await fetch(`${server.url}/v1/visitor-sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.url },
      body: JSON.stringify({ botId: server.demo.botId }),
    });
    const { token } = (await session.json()) as { token: string };
    const send = async (path: string, body: object) => {
      const response = await fetch(`${server.url}/v1/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
      return (await response.json()) as { id: string };
    };
    const { id } = await send(`bots/${server.demo.botId}/conversations`, {});
    await send(`conversations/${id}/messages`, { clientMessageId: 'first', text: question });
    return { id, send };
  }

  it('keeps office hours as they were drawn, and refuses what ends before it begins', async () => {
    await bot('people');
    await page.getByLabel('Visitors can reach a person').check();
    await page.getByLabel('People are there only at certain times').check();
    const zone = choice('Time zone');
    await zone.fill('Europe/Lisbon');
    await page.getByRole('option', { name: 'Europe/Lisbon' }).click();
    const days = page.getByRole('list', { name: 'Office hours' });
    while ((await days.getByRole('button', { name: /^Remove/ }).count()) > 0)
      await days
        .getByRole('button', { name: /^Remove/ })
        .first()
        .click();
    await page.getByText('With no opening at all, nobody can ever be reached.').waitFor();
    await days.getByRole('button', { name: 'Add hours on Monday' }).click();
    await days.getByLabel('Monday: to').fill('12:30');
    await days.getByRole('button', { name: 'Add hours on Monday' }).click();
    await days.getByLabel('Monday: to').last().fill('08:00');
    await days.getByRole('alert').getByText('Ends before it begins').waitFor();
    await picture('office-hours-backwards');
    await days.getByLabel('Monday: to').last().fill('18:00');
    await days.getByRole('button', { name: 'Add hours on Sunday' }).click();
    await days.getByRole('button', { name: 'Remove 09:00–17:00 on Sunday' }).click();
    await save();
    await picture('office-hours');
    const { hours } = await api<HandoverSettings>('GET', `/v1/bots/${server.demo.botId}/handover-settings`);
    expect(hours).toEqual({
      timeZone: 'Europe/Lisbon',
      open: [
        { day: 1, from: '09:00', to: '12:30' },
        { day: 1, from: '13:00', to: '18:00' },
      ],
    });
    await page.reload();
    expect(await days.getByLabel('Monday: from').last().inputValue()).toBe('13:00');
    await page.getByLabel('People are there only at certain times').uncheck();
    await save();
    expect((await api<HandoverSettings>('GET', `/v1/bots/${server.demo.botId}/handover-settings`)).hours).toBeNull();
  });

  it('builds the two forms, which visitors then meet', async () => {
    await bot('visitors');
    await page.getByLabel('Ask before the chat').check();
    await page.getByLabel('Heading').fill('Before we begin');
    const fields = page.getByRole('list', { name: 'Fields' });
    await page.getByRole('button', { name: 'Add field' }).click();
    await fields.getByLabel('Label').last().fill('Your topic');
    await fields.getByText('Stored as your_topic').waitFor();
    await fields.locator('input').and(page.getByLabel('Kind')).last().click();
    await page.getByRole('option', { name: 'Choice' }).click();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('a choice needs options').waitFor();
    await fields.locator('input').and(page.getByLabel('Choices')).fill('Orders');
    await page.keyboard.press('Enter');
    await fields.locator('input').and(page.getByLabel('Choices')).fill('Other');
    await page.keyboard.press('Enter');
    await fields.getByRole('button', { name: 'Move Your topic up' }).click();
    await page.getByLabel('Consent').fill('I agree to be answered by e-mail.');
    await page.getByLabel('Offer a message form').check();
    await picture('forms');
    await save();
    const engagement = await api<Engagement>('GET', `/v1/bots/${server.demo.botId}/engagement`);
    expect(engagement.preChatForm).toMatchObject({ title: 'Before we begin', consent: 'I agree to be answered by e-mail.' });
    expect(engagement.preChatForm!.fields.map(({ key, type, options }) => [key, type, options])).toEqual([
      ['name', 'text', []],
      ['your_topic', 'select', ['Orders', 'Other']],
      ['email', 'email', []],
    ]);
    expect(engagement.messageForm!.fields.map(({ key }) => key)).toEqual(['email', 'message']);
    // Without a mail server, a transcript is not promised.
    await page.getByText('Not offered yet: this installation has no mail server (SMTP_URL).').waitFor();

    await page.goto(`${server.url}/demo?bot=${server.demo.botId}`);
    await page.locator('docent-widget').getByRole('button').first().click();
    const panel = page.getByRole('dialog');
    await panel.getByText('Before we begin').waitFor();
    await panel.getByLabel('Your e-mail address').fill('eva@example.com');
    await panel.getByRole('combobox').selectOption('Other');
    await picture('forms-in-widget');
    await panel.getByRole('checkbox').check();
    await panel.locator('form button').last().click();
    await expect.poll(async () => (await leadsOf())[0]?.fields).toMatchObject({ email: 'eva@example.com', your_topic: 'Other' });
  });

  const leadsOf = async () => {
    const answer = await page.request.get(`${server.url}/v1/bots/${server.demo.botId}/leads`, {
      headers: { 'docent-workspace': workspace.split('/').at(-1)!, origin: server.url },
    });
    return ((await answer.json()) as { items: { fields: Record<string, string> }[] }).items;
  };

  it('exports leads as a file that runs nothing in a spreadsheet', async () => {
    const { send } = await aVisitor('Do you answer?');
    const fields = { name: '=HYPERLINK("https://evil.example","click")', email: 'eva@example.com', your_topic: 'Orders' };
    await send(`bots/${server.demo.botId}/leads`, { form: 'pre_chat', fields, consent: true });
    await bot('leads');
    await page
      .getByRole('cell', { name: /=HYPERLINK/ })
      .first()
      .waitFor();
    await picture('leads');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export as CSV' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('leads.csv');
    const csv = await readFile(await file.path(), 'utf8');
    expect(csv).toContain(`"'=HYPERLINK(""https://evil.example"",""click"")"`);
    expect(csv).not.toMatch(/(^|,|")=HYPERLINK/m);
    expect(csv).toContain('I agree to be answered by e-mail.');
  });

  it('files a conversation by tags and topic, finds it by both, and forgets its visitor', async () => {
    const { id, send } = await aVisitor('Which file formats can I upload?');
    await aVisitor('How are tenants kept apart?');
    await send(`bots/${server.demo.botId}/leads`, {
      form: 'pre_chat',
      conversationId: id,
      fields: { name: 'Zora Quill', email: 'zora@example.com', your_topic: 'Orders' },
      consent: true,
    });
    await page.goto(`${workspace}/inbox/${id}`);
    const tags = choice('Tags');
    await tags.fill('urgent');
    await page.keyboard.press('Enter');
    await tags.fill('urgent');
    await page.keyboard.press('Enter');
    await tags.fill('vip');
    await page.keyboard.press('Enter');
    // Drawn from the sources first, and said so.
    await page.getByText('The source that its answers cite most').waitFor();
    const topic = choice('Topic');
    await topic.fill('Uploads');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByText('The source that its answers cite most').count(), soon).toBe(0);
    await picture('tags-and-topic');
    const list = page.getByRole('list', { name: 'Conversations' });
    await choice('Filter by topic').click();
    await page.getByRole('option', { name: 'Uploads' }).click();
    await expect.poll(() => list.getByRole('link').count(), soon).toBe(1);
    await choice('Filter by tag').click();
    await page.getByRole('option', { name: 'vip' }).click();
    await expect.poll(() => list.getByRole('link').count(), soon).toBe(1);
    const details = await page.request.get(`${server.url}/v1/inbox?tag=urgent`, {
      headers: { 'docent-workspace': workspace.split('/').at(-1)! },
    });
    expect(((await details.json()) as { items: InboxItem[] }).items[0]).toMatchObject({
      id,
      tags: ['urgent', 'vip'],
      topic: { name: 'Uploads', from: 'member' },
      visitorName: 'Zora Quill',
    });

    await list.getByRole('link').click();
    await page.getByRole('button', { name: 'Forget this visitor' }).click();
    const dialog = page.getByRole('dialog', { name: 'Forget this visitor?' });
    await dialog.getByRole('radio', { name: 'Keep what was said, without the person' }).waitFor();
    await picture('forget-visitor', ['light', 'dark']);
    await dialog.getByRole('button', { name: 'Forget this visitor' }).click();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => page.getByText('Zora Quill').count(), soon).toBe(0);
    expect((await leadsOf()).map(({ fields }) => fields.email)).not.toContain('zora@example.com');
    await page.goto(`${workspace}/conversations?topic=Uploads`);
    await page.getByText('Which file formats can I upload?').first().waitFor();
    await expect.poll(() => page.getByText('How are tenants kept apart?').count(), soon).toBe(0);
    await picture('conversations-by-topic');
  });

  it('rings and notifies where the browser allows it, as each member chooses', async () => {
    await context.close();
    await signIn(['notifications']);
    await page.goto(`${workspace}/inbox`);
    await page.getByRole('button', { name: 'Sound and notifications' }).click();
    const [sound, notifications] = [
      page.getByRole('switch', { name: 'Play a sound' }),
      page.getByRole('switch', { name: 'Browser notifications' }),
    ];
    expect([await sound.isChecked(), await notifications.isChecked()]).toEqual([true, false]);
    await notifications.check();
    await picture('alerts');
    await page.keyboard.press('Escape');
    await page.evaluate(() => Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true }));
    const before = await page.evaluate(() => window.alerts.tones);
    const first = await aVisitor('Is anybody there?');
    await first.send(`conversations/${first.id}/person`, {});
    await expect.poll(() => page.evaluate(() => window.alerts.notifications), soon).toEqual(['A visitor waits for a person']);
    await expect.poll(() => page.evaluate(() => window.alerts.tones), soon).toBeGreaterThan(before);

    await page.evaluate(() => Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true }));
    await page.getByRole('button', { name: 'Sound and notifications' }).click();
    await sound.uncheck();
    await page.reload();
    await page.getByRole('button', { name: 'Sound and notifications' }).click();
    expect([await sound.isChecked(), await notifications.isChecked()]).toEqual([false, true]);
    const second = await aVisitor('And now?');
    await second.send(`conversations/${second.id}/person`, {});
    await expect.poll(() => page.title(), soon).toMatch(/^\(2\)/);
    // In sight, and without sound: only the number changes.
    expect(await page.evaluate(() => window.alerts)).toEqual({ tones: 0, notifications: [] });
  });

  it('says so where the browser does not allow notifications', async () => {
    await page.goto(`${workspace}/inbox`);
    await page.getByRole('button', { name: 'Sound and notifications' }).click();
    const notifications = page.getByRole('switch', { name: 'Browser notifications' });
    if (await notifications.isEnabled()) await notifications.click();
    await page.getByText('This browser does not allow notifications for this site.', { exact: false }).waitFor();
    expect([await notifications.isChecked(), await notifications.isDisabled()]).toEqual([false, true]);
    await picture('alerts-denied');
  });

  it('finds its way again where a deployment has taken away what is not loaded yet', async () => {
    let misses = 0;
    await page.route('**/assets/leads-page*.js', (route) => {
      misses += 1;
      return misses === 1 ? route.fulfill({ status: 404, body: '' }) : route.continue();
    });
    await page.goto(`${workspace}/bots/${server.demo.botId}/people`);
    await page.getByLabel('Visitors can reach a person').waitFor();
    await page.getByRole('link', { name: 'Leads', exact: true }).click();
    await page.getByText('What visitors left in the forms of this bot, newest first.').waitFor();
    expect(misses).toBeGreaterThan(1);
  });

  it('gives a snippet that asks for proactive messages where there are some', async () => {
    await bot('widget');
    const code = page.getByText(/<script src=/).first();
    expect(await code.innerText()).not.toContain('data-proactive');
    const engagement = await api<Engagement>('GET', `/v1/bots/${server.demo.botId}/engagement`);
    await api('PUT', `/v1/bots/${server.demo.botId}/engagement`, {
      ...engagement,
      proactive: [{ id: 'hello', text: 'Need help?' }],
    });
    await page.reload();
    await expect.poll(() => code.innerText(), soon).toContain(' data-proactive async');
    await page.getByLabel('With proactive messages').uncheck();
    await expect.poll(() => code.innerText(), soon).not.toContain('data-proactive');
    await picture('snippet');
  });
});

declare global {
  interface Window {
    /** What the page has drawn attention with. */
    alerts: { tones: number; notifications: string[] };
  }
}

/** Counts tones and notifications of the page; the real ones happen too. */
function watchAlerts(): void {
  window.alerts = { tones: 0, notifications: [] };
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...times) {
    window.alerts.tones += 1;
    start.apply(this, times);
  };
  window.Notification = class extends Notification {
    constructor(title: string, options?: NotificationOptions) {
      super(title, options);
      window.alerts.notifications.push(title);
    }
  };
}
