import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Conversation } from '@docent/contracts';
import { openBrowser, skipWithoutChromium } from './browser';
import { startSlowModel, type SlowModel } from './support/slow-model';
import { signInAsOwner } from './support/sign-in';
import { startCustomerSite, startServer, type ServerUnderTest } from './support/start-server';

/** Two people in two browsers: a visitor with the widget on a website of another origin, and a member in the console. */
describe.skipIf(skipWithoutChromium())('people in the inbox', () => {
  let server: ServerUnderTest;
  let model: SlowModel;
  let site: Awaited<ReturnType<typeof startCustomerSite>>;
  let browsers: Browser[];
  let contexts: BrowserContext[];
  let visitor: Page;
  let agent: Page;
  let inbox: string;
  let complaints: string[];

  beforeAll(async () => {
    // The scripted model stands on this machine.
    process.env.ALLOW_PRIVATE_NETWORK = 'true';
    [server, model, ...browsers] = await Promise.all([startServer(), startSlowModel(countingAnswer), openBrowser(), openBrowser()]);
    const snippet = `<script src="${server.url}/widget.js" data-bot="${server.demo.botId}" async></script>`;
    const html = `<!doctype html><html lang="en"><head><title>Shop</title>${snippet}</head><body><h1>Shop</h1></body></html>`;
    const policy = `default-src 'none'; script-src ${server.url}; connect-src ${server.url}; require-trusted-types-for 'script'; trusted-types 'none'`;
    site = await startCustomerSite(() => ({ html, policy }));
    await api('PATCH', `/v1/bots/${server.demo.botId}`, { allowedOrigins: [site.origin] });
  });
  afterAll(async () => {
    delete process.env.ALLOW_PRIVATE_NETWORK;
    await Promise.all((browsers ?? []).map((browser) => browser.close()));
    await Promise.all([site?.close(), model?.close(), server?.close()]);
  });

  beforeEach(async () => {
    complaints = [];
    contexts = await Promise.all(browsers.map((browser) => browser.newContext({ viewport: { width: 1440, height: 860 }, reducedMotion: 'reduce' })));
    [visitor, agent] = (await Promise.all(contexts.map((context) => context.newPage()))) as [Page, Page];
    agent.on('pageerror', (error) => complaints.push(error.message));
    inbox = `${await signInAsOwner(agent, server)}/inbox`;
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') {
      await agent.screenshot({ path: `.test/inbox-agent-${task.name.slice(0, 20).replace(/\W/g, '-')}.png` });
      await visitor.screenshot({ path: `.test/inbox-visitor-${task.name.slice(0, 20).replace(/\W/g, '-')}.png` });
    }
    await Promise.all(contexts.map((context) => context.close()));
    expect(complaints).toEqual([]);
  });

  /** Calls the public API as the customer's server would. */
  async function api(method: string, path: string, body?: object): Promise<unknown> {
    const headers = { authorization: `Bearer ${server.demo.apiKey}`, ...(body ? { 'content-type': 'application/json' } : {}) };
    const response = await fetch(server.url + path, { method, headers, body: body && JSON.stringify(body) });
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  }

  const panel = () => visitor.getByRole('dialog');
  const panelText = () => panel().getByRole('textbox');
  const helpful = () => panel().getByRole('button', { name: 'Helpful', exact: true });
  const openWidget = async () => {
    await visitor.goto(site.origin);
    await visitor.locator('docent-widget').getByRole('button').first().click();
    await panelText().waitFor();
  };
  const visitorSends = async (text: string) => {
    await panelText().pressSequentially(text);
    await visitor.keyboard.press('Enter');
  };
  const visitorAsks = async (question: string) => {
    const before = await helpful().count();
    await visitorSends(question);
    await helpful().nth(before).waitFor();
  };
  const askForPerson = () => panel().getByRole('button', { name: 'Talk to a person' }).first().click();

  const reply = () => agent.getByRole('textbox', { name: 'Reply to the visitor' });
  const transcript = () => agent.getByRole('region', { name: 'What was said' });
  const agentSends = async (text: string) => {
    await reply().pressSequentially(text);
    await agent.keyboard.press('Enter');
  };
  const openWaiting = async () => {
    await agent.goto(`${inbox}?view=waiting`);
    await agent.getByRole('list', { name: 'Conversations' }).getByRole('link').first().click();
    await transcript().waitFor();
    return new URL(agent.url()).pathname.split('/').at(-1)!;
  };
  const takeOver = async () => {
    await agent.getByRole('button', { name: 'Take over', exact: true }).click();
    await reply().waitFor();
  };
  const stored = async (conversationId: string) => (await api('GET', `/v1/conversations/${conversationId}`)) as Conversation;

  /** Both sides show the messages that the database holds: each once, in its order, and no other. */
  async function bothEqualDatabase(conversationId: string): Promise<void> {
    const said = (await stored(conversationId)).transcript.filter(({ role }) => role !== 'handover').map(({ text }) => plain(text));
    const inConsole = transcript().locator('ol > li:is([class*="_visitor_"], [class*="_agent_"], [class*="_assistant_"])');
    await expect.poll(() => shownAs(inConsole, said)).toEqual(said);
    // The first one is the greeting.
    const inWidget = panel().locator('.msg');
    await expect.poll(() => shownAs(inWidget, ['', ...said])).toEqual(['', ...said]);
  }

  it('switches people on in the settings, and prepares a reply', async () => {
    await agent.goto(`${inbox.replace('/inbox', '')}/bots/${server.demo.botId}/people`);
    await agent.getByLabel('Visitors can reach a person').check();
    await agent.getByRole('button', { name: 'Save changes' }).click();
    await agent.getByText('Saved', { exact: true }).waitFor();
    await agent.goto(inbox.replace('/inbox', '/prepared-replies'));
    await agent.getByRole('button', { name: 'New reply' }).click();
    await agent.getByRole('textbox', { name: 'Shortcut' }).fill('address');
    await agent.getByRole('textbox', { name: 'Reply', exact: true }).fill(address);
    await agent.getByRole('button', { name: 'Save changes' }).click();
    await agent.getByText('/address').waitFor();
    const settings = (await api('GET', `/v1/bots/${server.demo.botId}/handover-settings`)) as { enabled: boolean };
    expect(settings.enabled).toBe(true);
  });

  it('lets two people talk, with notes between members, and keeps the answer for the bot', async () => {
    await agent.goto(`${inbox}?view=waiting`);
    await agent.getByText('Nobody waits').waitFor();
    await openWidget();
    await visitorAsks('Which file formats can I upload?');
    await askForPerson();
    // The list is live: nobody touches the agent's browser.
    await agent.getByRole('list', { name: 'Conversations' }).getByRole('link').first().waitFor();
    await expect.poll(() => agent.title()).toBe('(1) Inbox · Docent');
    const conversationId = await openWaiting();
    await takeOver();
    await agent.getByRole('region', { name: 'What it is about' }).getByText(/formats/).first().waitFor();

    await agentSends('Hello, this is a person.');
    await panel().getByText('Hello, this is a person.').waitFor();
    await visitorSends('Where is your shop in Lisbon?');
    await transcript().getByText('Where is your shop in Lisbon?').waitFor();

    await agent.getByRole('radiogroup', { name: 'Write to' }).getByText('Note').click();
    await agent.getByRole('textbox', { name: 'Note for members' }).fill('A regular customer, be generous.');
    await agent.keyboard.press('Enter');
    await transcript().getByRole('note').getByText('A regular customer, be generous.').waitFor();
    await agent.getByRole('radiogroup', { name: 'Write to' }).getByText('Reply').click();
    await reply().pressSequentially('/add');
    await agent.getByRole('option', { name: /address/ }).waitFor();
    await agent.keyboard.press('Enter');
    await expect.poll(() => reply().inputValue()).toBe(address);
    await agent.keyboard.press('Enter');
    await panel().getByText(address).waitFor();
    expect(await panel().innerText()).not.toContain('regular customer');
    expect(JSON.stringify(await stored(conversationId))).not.toContain('regular customer');
    await bothEqualDatabase(conversationId);

    await agent.getByRole('button', { name: 'Close', exact: true }).click();
    await agent.getByRole('button', { name: 'Edit first' }).click();
    const dialog = agent.getByRole('dialog', { name: 'Save this answer' });
    expect(await dialog.getByRole('textbox', { name: 'Question' }).inputValue()).toBe('Where is your shop in Lisbon?');
    expect(await dialog.getByRole('textbox', { name: 'Answer' }).inputValue()).toBe(address);
    await dialog.getByRole('button', { name: 'Close' }).click();
    // One click is enough where nothing needs to be changed.
    await agent.getByRole('button', { name: 'Save this answer' }).click();
    await transcript().getByText('Saved to the knowledge').waitFor();
    await expect
      .poll(() => api('POST', `/v1/bots/${server.demo.botId}/search`, { query: 'shop in Lisbon', limit: 3 }).then((found) => JSON.stringify(found)), { timeout: 30_000 })
      .toContain('Rua Augusta');

    // Their next message opens it again, with the bot, who knows it now.
    await visitorAsks('Where is your shop in Lisbon?');
    expect(await panel().locator('.msg').last().innerText()).toContain('Rua Augusta');
    expect((await stored(conversationId)).state).toBe('bot');
    await agent.getByText('The bot is answering this visitor.').waitFor();
  });

  it('shows each side that the other types and has read', async () => {
    await openWidget();
    await visitorSends('Hello?');
    await askForPerson();
    await openWaiting();
    await takeOver();
    await reply().pressSequentially('I am wri');
    await panel().getByRole('img', { name: 'Writing…' }).waitFor();
    await reply().pressSequentially('ting.');
    await agent.keyboard.press('Enter');
    await panel().getByText('I am writing.').waitFor();
    await panel().getByRole('img', { name: 'Writing…' }).waitFor({ state: 'detached' });
    await transcript().getByText('Read', { exact: true }).waitFor();
    await panelText().pressSequentially('So am');
    await transcript().getByText('The visitor is typing…').waitFor();
    await panelText().pressSequentially(' I.');
    await visitor.keyboard.press('Enter');
    await transcript().getByText('So am I.').waitFor();
    await expect.poll(() => transcript().getByText('The visitor is typing…').count()).toBe(0);
    await panel().getByText('Seen').waitFor();
  });

  it('sends a picture to the visitor, and refuses a file that only says that it is one', async () => {
    await openWidget();
    await visitorSends('What does the button look like?');
    await askForPerson();
    await openWaiting();
    await takeOver();
    const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
    await agent.locator('input[type=file]').setInputFiles([
      { name: 'button.png', mimeType: 'image/png', buffer: picture },
      { name: 'fake.png', mimeType: 'image/png', buffer: Buffer.from('<script>alert(1)</script>') },
    ]);
    const files = agent.getByRole('list', { name: 'Files of this reply' });
    await files.getByText(/^fake\.png – /).waitFor();
    await files.getByRole('button', { name: 'Remove fake.png' }).click();
    await agentSends('Like this.');
    await panel().getByRole('button', { name: /button\.png/ }).waitFor();
    const [download] = await Promise.all([agent.waitForEvent('download'), transcript().getByRole('button', { name: /Download button\.png/ }).click()]);
    expect(download.suggestedFilename()).toBe('button.png');
  });

  it('loses and doubles nothing when the server is killed while the agent writes', async () => {
    await openWidget();
    await visitorAsks('How are tenants kept apart?');
    await askForPerson();
    const conversationId = await openWaiting();
    await takeOver();
    await agentSends('First words.');
    await panel().getByText('First words.').waitFor();

    await reply().pressSequentially('Half a');
    await server.kill();
    await agent.getByText(/^Reconnecting/).waitFor();
    await reply().pressSequentially(' sentence.');
    await agent.keyboard.press('Enter');
    await agentSends('And one more.');
    await agent.getByRole('list', { name: 'On their way' }).getByText('And one more.').waitFor();
    // What was not sent survives a reload, even of a page whose server is gone: the reload comes after the start.
    await server.start();
    await agent.reload();
    await panel().getByText('And one more.').waitFor();
    await visitorSends('I have read all of it.');
    await transcript().getByText('I have read all of it.').waitFor();
    await bothEqualDatabase(conversationId);
    const written = (await stored(conversationId)).transcript.filter(({ role }) => role === 'agent').map(({ text }) => text);
    expect(written).toEqual(['First words.', 'Half a sentence.', 'And one more.']);
  });

  it('ends with the same answer everywhere when the server is killed in the middle of it', async () => {
    await useModel(agent, server.url, { provider: 'openai', model: 'slow', baseUrl: model.baseUrl, apiKey: 'none' });
    await openWidget();
    await visitorSends('How do I back up my data?');
    // Its answer has begun: the conversation is the newest of the list.
    await panel().getByText('Attempt').first().waitFor();
    await agent.goto(`${inbox}?view=bot`);
    await agent.getByRole('list', { name: 'Conversations' }).getByRole('link').first().click();
    await transcript().getByText(/word 12/).waitFor();
    await server.kill();
    await server.start();
    await helpful().first().waitFor({ timeout: 60_000 });
    const conversationId = new URL(agent.url()).pathname.split('/').at(-1)!;
    const answer = (await stored(conversationId)).transcript.find(({ role }) => role === 'assistant');
    // No source says what the scripted model does, so its sentence is marked.
    expect(answer).toMatchObject({ status: 'completed', text: `${model.answers.at(-1)!} [?]` });
    expect(model.answers.length).toBeGreaterThan(1);
    await bothEqualDatabase(conversationId);
  });

  it('tells an agent who was too late that somebody else writes, and keeps their words', async () => {
    await openWidget();
    await visitorSends('Hello, is anybody there?');
    await askForPerson();
    const conversationId = await openWaiting();
    await takeOver();
    await agent.route('**/here', (route) => route.abort());
    await agent.route('**/details', (route) => route.abort());
    // Another tab of the same member gives it back.
    const other = await contexts[1]!.newPage();
    await other.goto(agent.url());
    await other.getByRole('button', { name: 'Actions for this conversation' }).click();
    await other.getByRole('menuitem', { name: 'Give back to the bot' }).click();
    await other.getByText('The bot is answering this visitor.').waitFor();
    await other.close();
    await agentSends('Too late?');
    await agent.getByText('You no longer have this conversation.').waitFor();
    await agent.unroute('**/details');
    await agent.unroute('**/here');
    await agent.getByRole('button', { name: 'Take over and send' }).click();
    await panel().getByText('Too late?').waitFor();
    await expect.poll(async () => (await stored(conversationId)).transcript.filter(({ text }) => text === 'Too late?').length).toBe(1);
  });
});

const address = 'Our shop in Lisbon is in Rua Augusta 12, open from ten to seven.';

/** Told apart by attempt, so that a mixture of two would be seen. */
function countingAnswer(begun: number): string {
  return `Attempt ${begun + 1}: ${Array.from({ length: 40 }, (_, index) => `word ${index + 1}`).join(' ')}.`;
}

/** An answer as its readers see it: citation marks and Markdown are drawn, spaces do not count. */
function plain(text: string): string {
  return text
    .replace(/^\s*(?:[-*]|\d+\.)\s/gm, '')
    .replace(/\[(?:\d+|\?)\]|[*`#>]/g, '')
    .replace(/\s+/g, '');
}

/** `said`, entry by entry, where a list shows it; what else it shows stands as it is. Buttons, such as citations, are left out. */
async function shownAs(list: Locator, said: string[]): Promise<string[]> {
  const texts = await list.evaluateAll((entries) =>
    entries.map((entry) => {
      const copy = entry.cloneNode(true) as Element;
      copy.querySelectorAll('button').forEach((button) => button.remove());
      return copy.textContent;
    }),
  );
  return texts.map((text, index) => (said[index] !== undefined && plain(text).includes(said[index]) ? said[index] : plain(text)));
}

/** Chooses the workspace's language model as its owner, from the page that they are signed in on. */
async function useModel(page: Page, url: string, settings: object): Promise<void> {
  const workspaceId = /\/w\/([^/]+)/.exec(page.url())![1]!;
  const answer = await page.request.put(`${url}/v1/settings/model`, { data: settings, headers: { 'docent-workspace': workspaceId, origin: url } });
  if (!answer.ok()) throw new Error(`the model settings were refused: ${await answer.text()}`);
}
