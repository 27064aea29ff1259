import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
// The scripted server belongs to the widget's own tests; only tests cross this border.
/* eslint-disable @nx/enforce-module-boundaries */
import type { FakeConversation } from '../../widget/test/fake-conversation';
import { FakeServer } from '../../widget/test/fake-server';
import { serveHostPage } from '../../widget/test/serve-dist';
/* eslint-enable @nx/enforce-module-boundaries */
import { openBrowser, skipWithoutChromium } from './browser';
import { expectAccessible, expectFocus, hostPage, policyFor, reportComplaints } from './widget-page';

const ada = { id: '00000000-0000-4000-8000-0000000000ad', name: 'Ada' };
const pictures = process.env.WIDGET_PICTURES;
const messageForm = {
  title: '',
  fields: [
    { key: 'name', label: 'Your name', type: 'text' as const, required: false, options: [] },
    { key: 'email', label: 'E-mail address', type: 'email' as const, required: true, options: [] },
    { key: 'topic', label: 'Topic', type: 'select' as const, required: false, options: ['Order', 'Return'] },
    { key: 'text', label: 'Message', type: 'textarea' as const, required: true, options: [] },
  ],
  consent: 'You may answer me by e-mail.',
};

describe.skipIf(skipWithoutChromium())('the widget and people', () => {
  let browser: Browser;
  let server: FakeServer;
  let host: Awaited<ReturnType<typeof serveHostPage>>;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => void (browser = await openBrowser()));
  afterAll(() => browser?.close());
  beforeEach(async () => {
    server = await new FakeServer().start();
    server.bot = {
      ...server.bot,
      people: { enabled: true, open: true },
      attachments: true,
      satisfaction: true,
      mailTranscript: true,
      messageForm,
    };
    complaints = [];
  });
  afterEach(async () => {
    await page?.context().close();
    await host?.stop();
    await server.stop();
  });

  async function visit(options: BrowserContextOptions & { snippet?: string } = {}): Promise<void> {
    host = await serveHostPage(hostPage(server, options.snippet), policyFor(server));
    const context = await browser.newContext({ viewport: { width: 1000, height: 760 }, ...options });
    page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await reportComplaints(page, complaints);
    await page.goto(host.origin);
    await page.locator('docent-widget button').first().waitFor();
  }
  async function open(options: BrowserContextOptions = {}) {
    await visit(options);
    await page.locator('docent-widget button').first().click();
    await panel().getByText('Hello! Ask me anything.').waitFor();
  }
  const panel = () => page.getByRole('dialog');
  const field = () => panel().locator('.p > form textarea, form:last-of-type textarea').last();
  const conversation = (): FakeConversation => [...server.conversations.values()].at(-1)!;
  const say = async (text: string) => {
    await field().fill(text);
    await page.keyboard.press('Enter');
  };
  /** Looked at by people, and kept where WIDGET_PICTURES says. */
  const state = async (name: string) => {
    await expectAccessible(page, name);
    if (pictures) await page.screenshot({ path: `${pictures}/${name}.png` });
  };
  const askForPerson = async () => {
    await panel().getByRole('button', { name: 'Talk to a person' }).click();
    await panel().getByText('Waiting for a person').last().waitFor();
  };
  const join = () => conversation().handOver('human', 'agent', 'Ada has joined the conversation.', { agent: ada });
  const adaSays = (text: string, attachments?: unknown[]) =>
    conversation().append('message', {
      turnId: null,
      clientMessageId: text,
      role: 'agent',
      text,
      agent: ada,
      ...(attachments && { attachments }),
    });

  it.each([
    ['light', {}],
    ['dark', { colorScheme: 'dark' as const }],
    ['phone', { viewport: { width: 320, height: 600 }, isMobile: true, hasTouch: true }],
  ])('asks for a person, waits, talks and says how it was (%s)', async (look, options) => {
    await open(options);
    await say('My parcel is broken');
    await panel().getByRole('button', { name: 'Helpful', exact: true }).waitFor();
    await askForPerson();
    await panel().getByText('2 min', { exact: false }).waitFor();
    await state(`waiting-${look}`);
    join();
    await panel().getByText('Ada has joined the conversation.').waitFor();
    conversation().present({ kind: 'typing', by: 'agent', name: 'Ada', on: true });
    await panel().locator('.aside').getByText('Ada').waitFor();
    await state(`typing-${look}`);
    adaSays('Hello, I am Ada. What happened to it?');
    await panel().getByText('What happened to it?', { exact: false }).waitFor();
    await expect.poll(() => conversation().sightings).toContainEqual({ readSeq: conversation().log.length });
    await field().pressSequentially('It');
    await expect.poll(() => conversation().sightings).toContainEqual({ typing: true });
    await say('It came in two pieces');
    await panel().getByText('Sent', { exact: true }).waitFor();
    conversation().present({ kind: 'read', by: 'agent', seq: conversation().log.length });
    await panel().getByText('Seen', { exact: true }).waitFor();
    adaSays('We will send a new one today.');
    await panel().getByText('We will send a new one today.').waitFor();
    await state(`human-${look}`);
    conversation().handOver('closed', 'closed', 'This conversation has been closed. Write again at any time.');
    await panel().getByRole('button', { name: '5 / 5' }).click();
    await panel().getByRole('textbox', { name: 'Anything to add?' }).fill('Quick and kind');
    await state(`closed-${look}`);
    await panel().locator('.remark').getByRole('button', { name: 'Send' }).click();
    await expect.poll(() => conversation().satisfaction).toEqual({ score: 5, comment: 'Quick and kind' });
    expect(await panel().getByRole('button', { name: '5 / 5' }).count()).toBe(0);
    await say('One more thing');
    await panel().getByRole('button', { name: 'Helpful', exact: true }).nth(1).waitFor();
    expect(complaints).toEqual([]);
  });

  it('waits and takes messages in Arabic, from right to left', async () => {
    server.bot.widget.language = 'ar';
    await visit();
    await page.locator('docent-widget button').first().click();
    await panel().getByRole('button', { name: 'التحدث إلى شخص' }).click();
    await panel().getByText('في انتظار أحد الموظفين').waitFor();
    await state('waiting-arabic');
    conversation().handOver('bot', 'nobody_came', 'عذرًا، لا يوجد أحد حاليًا.', { offersForm: true });
    await panel().getByRole('button', { name: 'اترك رسالة' }).click();
    await panel().locator('.go').waitFor();
    await state('form-arabic');
    expect(complaints).toEqual([]);
  });

  it('loads nothing for people before somebody wants one', async () => {
    await open();
    await say('How long does shipping take?');
    await panel().getByRole('button', { name: 'Helpful', exact: true }).waitFor();
    expect(server.requests.filter((request) => /\/widget\/\w+\/(?!panel|en\.js)/.test(request))).toEqual([]);
    await askForPerson();
    expect(server.requests.filter((request) => /\/widget\/\w+\/(people|en-more)\.js/.test(request))).toHaveLength(2);
  });

  it('stops waiting, and the bot goes on', async () => {
    await open();
    await askForPerson();
    await say('How long does shipping take?');
    await panel().getByRole('button', { name: 'Helpful', exact: true }).waitFor();
    await panel().getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => panel().locator('.aside').count()).toBe(0);
    expect(conversation().state).toBe('bot');
  });

  it('keeps what was said to a person while the line is down, and sends it once', async () => {
    await open();
    await askForPerson();
    join();
    await panel().getByText('Ada has joined the conversation.').waitFor();
    server.goDown();
    await say('Are you there?');
    await panel().getByText('No connection. Your messages are kept.').waitFor();
    await state('offline-light');
    server.down = false;
    await page.reload();
    await page.locator('docent-widget button').first().click();
    await expect.poll(() => server.messages.map(({ data }) => data.text)).toEqual(['Are you there?']);
    await panel().getByText('Ada has joined the conversation.').waitFor();
    await expect.poll(() => panel().getByText('Are you there?').count()).toBe(1);
  });

  it('takes a message out of hours, with consent, and says thank you', async () => {
    server.bot.people.open = false;
    await open();
    await panel().getByRole('button', { name: 'Talk to a person' }).click();
    await panel().getByLabel('Your name').waitFor();
    await expectFocus(page, 'input');
    await state('form-light');
    await panel().getByLabel('E-mail address').fill('eva@example.com');
    await panel().getByLabel('Topic').selectOption('Return');
    await panel().getByRole('textbox', { name: 'Message' }).fill('Please call me back.');
    const send = panel().locator('.go');
    await send.click();
    // Without consent the browser itself says what is missing.
    expect(server.leads).toEqual([]);
    await panel().getByRole('checkbox').check();
    await send.click();
    await panel().getByText('Thank you. We will get back to you.').waitFor();
    await expectAccessible(page, 'thanks');
    expect(server.leads).toEqual([
      {
        form: 'message',
        fields: { name: '', email: 'eva@example.com', topic: 'Return', text: 'Please call me back.' },
        consent: true,
      },
    ]);
    await page.keyboard.press('Escape');
    await field().waitFor();
    expect(complaints).toEqual([]);
  });

  it('offers the form when nobody came', async () => {
    await open();
    await askForPerson();
    conversation().handOver('bot', 'nobody_came', 'I am sorry, nobody is there at the moment.', { offersForm: true });
    await panel().getByRole('button', { name: 'Leave a message' }).click();
    await panel().getByRole('textbox', { name: 'Message' }).waitFor();
    await page.keyboard.press('Escape');
    await expectFocus(page, 'button');
  });

  it('asks who it is before a chat, once', async () => {
    server.bot.preChatForm = { title: 'Before we begin', fields: [messageForm.fields[0]!], consent: '' };
    await visit({ viewport: { width: 320, height: 600 }, isMobile: true, hasTouch: true });
    await page.locator('docent-widget button').first().click();
    await panel().getByRole('heading', { name: 'Before we begin' }).waitFor();
    await state('prechat-phone');
    await panel().getByLabel('Your name').fill('Eva');
    await panel().locator('.go').click();
    await panel().getByText('Hello! Ask me anything.').waitFor();
    expect(server.leads).toEqual([{ form: 'pre_chat', fields: { name: 'Eva' }, consent: false }]);
    await page.reload();
    await page.locator('docent-widget button').first().click();
    await panel().getByText('Hello! Ask me anything.').waitFor();
    await page.waitForTimeout(300);
    expect(await panel().getByRole('heading', { name: 'Before we begin' }).count()).toBe(0);
  });

  it('sends files with a message, says in words which is too large, and offers those of the other side as downloads', async () => {
    await open();
    const chooser = page.waitForEvent('filechooser');
    await panel().getByRole('button', { name: 'Attach a file' }).click();
    await (
      await chooser
    ).setFiles([
      { name: 'broken.png', mimeType: 'image/png', buffer: Buffer.from('a picture') },
      { name: 'huge.png', mimeType: 'image/png', buffer: Buffer.from('another') },
    ]);
    await panel().getByText('huge.png: This file is too large.').waitFor();
    await expect.poll(() => server.files.size).toBe(1);
    await state('files-light');
    await panel().getByRole('button', { name: 'Remove: huge.png' }).click();
    await say('Look at this');
    await panel().locator('.file', { hasText: 'broken.png' }).waitFor();
    expect(server.messages[0]!.data).toMatchObject({ text: 'Look at this', attachments: [{ name: 'broken.png' }] });
    adaSays('Here is the label', [
      { id: [...server.files.keys()][0], name: 'label.pdf', mediaType: 'application/pdf', sizeBytes: 20_000 },
    ]);
    const download = page.waitForEvent('download');
    await panel().locator('.file', { hasText: 'label.pdf' }).click();
    expect((await download).suggestedFilename()).toBe('label.pdf');
    await expectAccessible(page, 'attachments');
    expect(complaints).toEqual([]);
  });

  it('asks nothing of the server when the page says who the visitor is before they show interest', async () => {
    await visit();
    await page.locator('docent-widget button').first().hover();
    await page.waitForTimeout(500);
    await page.evaluate(`Docent('identify', 'a.signed.token')`);
    await page.waitForTimeout(500);
    expect(server.requests.filter((request) => request.includes('/v1/'))).toEqual([]);
    await page.locator('docent-widget button').first().click();
    await expect.poll(() => server.identities).toEqual(['a.signed.token']);
  });

  it('takes a picture that is pasted', async () => {
    await open();
    await field().focus();
    await page.evaluate(`(() => {
      const data = new DataTransfer();
      data.items.add(new File(['x'], 'pasted.png', { type: 'image/png' }));
      const field = document.querySelector('docent-widget').shadowRoot.querySelector('textarea');
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    })()`);
    await panel().getByText('pasted.png').waitFor();
    await expect.poll(() => server.files.size).toBe(1);
  });

  it('mails the transcript, and shows earlier conversations to those who are known', async () => {
    await open();
    await say('How long does shipping take?');
    await panel().getByRole('button', { name: 'Helpful', exact: true }).waitFor();
    await panel().getByRole('button', { name: 'More' }).click();
    await panel().getByLabel('E-mail address').fill('eva@example.com');
    await panel().locator('.go').click();
    await panel().getByText('It is on its way to you.').waitFor();
    expect(server.mails).toEqual(['eva@example.com']);
    await page.keyboard.press('Escape');
    await page.evaluate(`Docent('identify', 'a.signed.token')`);
    await expect.poll(() => server.identities.at(-1)).toBe('a.signed.token');
    await panel().getByRole('button', { name: 'New conversation' }).click();
    await say('And the weather?');
    await panel().getByRole('button', { name: 'Opening hours' }).waitFor();
    await panel().getByRole('button', { name: 'More' }).click();
    await expect.poll(() => panel().locator('.list button').count()).toBe(2);
    await state('earlier-light');
    await panel().locator('.list button').last().click();
    await panel().getByText('How long does shipping take?').waitFor();
    expect(complaints).toEqual([]);
  });

  it('shows a message by itself where the snippet asks for it, once, and opens the chat with it', async () => {
    server.proactive = [
      {
        id: 'hello',
        text: 'Questions about delivery? Ask here.',
        path: '/',
        afterSeconds: 1,
        afterScroll: 0,
        onExit: false,
        returningOnly: false,
      },
    ];
    await visit({ snippet: 'data-proactive' });
    const hint = page.getByRole('button', { name: 'Questions about delivery? Ask here.' });
    await hint.waitFor();
    await state('proactive-light');
    await hint.click();
    await panel().getByText('Hello! Ask me anything.').waitFor();
    expect(await hint.count()).toBe(0);
    await page.reload();
    await page.waitForTimeout(4500);
    expect(await hint.count()).toBe(0);
    await page.evaluate(`Docent('destroy')`);
    await expect.poll(() => page.evaluate('window.alive()')).toEqual({ timers: 0, listeners: [] });
    expect(complaints).toEqual([]);
  });

  it('shows it in one tab, and not again in another that was open before', async () => {
    const text = 'Before you go: questions about delivery?';
    server.proactive = [{ id: 'exit', text, path: '/', afterSeconds: 0, afterScroll: 0, onExit: true, returningOnly: false }];
    await visit({ snippet: 'data-proactive' });
    const other = await page.context().newPage();
    await other.goto(host.origin);
    // Both have read by then what was shown before.
    await expect.poll(() => server.proactiveAsked).toBe(2);
    await page.waitForTimeout(1000);
    const leave = (tab: Page) => tab.evaluate(`document.documentElement.dispatchEvent(new PointerEvent('pointerleave', { clientY: -1 }))`);
    await leave(page);
    await page.getByRole('button', { name: text }).waitFor();
    await other.bringToFront();
    await leave(other);
    await other.waitForTimeout(3000);
    expect(await other.getByRole('button', { name: text }).count()).toBe(0);
  });
});
