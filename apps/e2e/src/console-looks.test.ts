import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBrowser, skipWithoutChromium } from './browser';
import { ScriptedConsole, type Look } from './support/scripted-console';

const desktop: Look = { width: 1280, height: 860, colours: 'light' };
/** The narrowest screen that is still in use. */
const phone: Look = { width: 320, height: 844, colours: 'dark', touch: true };
interface NamedLook {
  name: string;
  look: Look;
  /** What isn't about colours is looked at once on each kind of screen. */
  only?: 'colours';
}
const looks: NamedLook[] = [
  { name: 'light-desktop', look: desktop },
  { name: 'dark-phone', look: phone },
];
const allLooks: NamedLook[] = [
  ...looks,
  { name: 'light-phone', look: { ...phone, width: 390, colours: 'light' }, only: 'colours' },
  { name: 'dark-desktop', look: { ...desktop, colours: 'dark' }, only: 'colours' },
];
const workspacePages = [
  'overview',
  'setup',
  'bots',
  'inbox',
  'inbox?view=waiting',
  'inbox?search=nothing-has-this',
  'prepared-replies',
  'conversations',
  'api-keys',
  'members',
  'usage',
  'settings',
];
const botPages = ['knowledge', 'playground', 'widget', 'people', 'visitors', 'identity', 'leads', 'settings'];
const search = 'playground?look=search&question=How%20long%20is%20a%20broken%20drill%20insured%3F';
const meaningPages = ['map', 'learning', search, 'playground?look=search'];

/** Every page of the console in each of its states, light and dark, on a desktop and on a phone. */
describe.skipIf(skipWithoutChromium())('the looks of the console', () => {
  let browser: Browser;
  let console: ScriptedConsole;

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    console = await ScriptedConsole.open(browser, desktop);
    await console.signIn();
  });
  afterEach(async () => {
    await console?.close();
    expect(console.complaints).toEqual([]);
  });

  /** Each page is opened once, in the look in which the one before was left, and turned into every other. */
  async function lookAt(
    addresses: string[],
    state: string,
    { wanted = process.env.PICTURES ? allLooks : looks, isThere = async () => undefined as void } = {},
  ): Promise<void> {
    const inTurn = [...wanted];
    for (const address of addresses) {
      await console.visit(address);
      await isThere();
      for (const { name, look, only } of inTurn) {
        await console.wear(look);
        const where = `${address} (${state}, ${name})`;
        expect(await console.violations(only), where).toEqual([]);
        expect(await console.overflow(), where).toBe(0);
        expect(await console.cutChoices(), where).toEqual([]);
        await console.keepPicture(pictureOf(address, state, name));
      }
      inTurn.reverse();
    }
  }

  const broken = 'Something went wrong on our side.';
  const isRefused = () => console.page.getByText(broken).first().waitFor();
  const refuse = (addresses: RegExp) =>
    console.page.route(addresses, (route) =>
      route.fulfill({ status: 500, json: { error: { code: 'internal', message: broken, requestId: 'req-7f3a9c' } } }),
    );

  it.each(['Acme', 'Fresh start', 'Failing', 'Read only'])(
    'is accessible and never wider than the screen in the workspace "%s"',
    async (name) => {
      const base = await console.workspace(name);
      await lookAt(
        workspacePages.map((path) => `${base}/${path}`),
        name,
      );
    },
  );

  it('is so in every tab of a bot', async () => {
    const base = await console.workspace('Acme');
    const bot = await console.bot(base, /Acme Help/);
    await lookAt(
      botPages.map((path) => `${bot}/${path}`),
      'full',
      { wanted: allLooks },
    );
  });

  it('is so in every tab of a bot that has nothing yet', async () => {
    const bot = await console.bot(await console.workspace('Acme'), /Field service handbook/);
    await lookAt(
      botPages.map((path) => `${bot}/${path}`),
      'empty',
    );
  });

  it('is so in every tab of a bot that cannot be read', async () => {
    const bot = await console.bot(await console.workspace('Acme'), /Acme Help/);
    await refuse(/\/v1\/bots\/[^/]+\/\w/);
    await lookAt(
      ['knowledge', 'people', 'visitors', 'identity', 'leads'].map((path) => `${bot}/${path}`),
      'failing',
      { isThere: isRefused },
    );
  });

  it('is so at the door, signed in and not, and where there is nothing', async () => {
    const under = (...paths: string[]) => paths.map((path) => `${console.address}/${path}`);
    const base = await console.workspace('Acme');
    await lookAt([...under('new-workspace', 'invite/token', 'no-such-page', 'w/unknown/overview'), `${base}/no-such-page`], 'signed-in');
    await console.context.clearCookies();
    await lookAt(under('sign-in', 'sign-up', 'invite/token'), 'signed-out');
  });

  it.each(['workspace', 'bot'])('says that it is loading, on every page of a %s, and stays accessible meanwhile', async (place) => {
    const base = await console.workspace('Acme');
    const bot = await console.bot(base, /Acme Help/);
    const addresses = place === 'bot' ? botPages.map((path) => `${bot}/${path}`) : workspacePages.map((path) => `${base}/${path}`);
    await console.page.route(/\/v1\/(?!auth\/)/, () => undefined);
    for (const address of addresses) {
      await console.page.goto(address);
      await console.page.getByRole('heading', { level: 1 }).waitFor();
      await console.page.locator('main [aria-busy=true]').getByText('Loading').first().waitFor({ state: 'attached' });
      expect(await console.violations(), address).toEqual([]);
      expect(await console.overflow(), address).toBe(0);
      await console.keepPicture(pictureOf(address, 'loading', 'light-desktop'));
    }
  });

  it('is so in a conversation', async () => {
    const base = await console.workspace('Acme');
    await lookAt([await console.firstOf(base, 'mine')], 'mine');
    await lookAt([await console.firstOf(base, 'waiting')], 'waiting');
  });

  it('is so where bots learn: full, empty and failing', async () => {
    const base = await console.workspace('Acme');
    const full = await console.bot(base, /Acme Help/);
    const empty = await console.bot(base, /Field service handbook/);
    await lookAt(
      meaningPages.map((path) => `${full}/${path}`),
      'full',
      { wanted: allLooks },
    );
    await lookAt(
      meaningPages.map((path) => `${empty}/${path}`),
      'empty',
      { wanted: allLooks },
    );
    await refuse(/\/v1\/.*(meaning-map|learning|golden-questions|search)$/);
    await lookAt(
      ['map', 'learning', search].map((path) => `${full}/${path}`),
      'failing',
      { wanted: allLooks, isThere: isRefused },
    );
  });
});

/** Such as `inbox-waiting-acme-dark-phone`. */
function pictureOf(address: string, state: string, look: string): string {
  const { pathname, searchParams } = new URL(address);
  const path = pathname.split('/').filter((part) => part.length > 1 && !/\d/.test(part));
  const query = [...searchParams].map(([name, value]) => (name === 'question' ? 'asked' : value));
  return [...path, ...query, state, look]
    .join('-')
    .toLowerCase()
    .replace(/[^a-z-]+/g, '-');
}
