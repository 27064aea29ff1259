import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
// The scripted server belongs to the widget's own tests; only tests cross this border.
// eslint-disable-next-line @nx/enforce-module-boundaries
import type { FakeServer } from '../../widget/test/fake-server';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The strictest policy that the README promises to work with. */
export const policyFor = ({ origin }: FakeServer) =>
  `default-src 'none'; style-src 'self'; script-src ${origin}; connect-src ${origin}; require-trusted-types-for 'script'; trusted-types 'none'`;

/** On the page twice, as happens when a template and a tag manager both add it. */
const snippet = (server: FakeServer, extra: string) =>
  `<script src="${server.origin}/widget.js" data-bot="${server.bot.id}" ${extra} async></script>`;

export const hostPage = (
  server: FakeServer,
  extra = '',
) => `<!doctype html><html lang="en"><head><title>Shop</title><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/hostile.css"></head><body><main><h1>Shop</h1><p><a href="#">A link</a></p></main>
${snippet(server, extra)}${snippet(server, extra)}</body></html>`;

/** Collects violations of the policy, script errors and dialogs, and counts what the widget leaves behind on `window`. */
export async function reportComplaints(page: Page, complaints: string[]) {
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => void (complaints.push(dialog.message()), dialog.dismiss()));
  page.on('console', (message) => /policy|trusted/i.test(message.text()) && complaints.push(message.text()));
  await page.addInitScript(countWhatIsAlive);
}

const countWhatIsAlive = `
  const timers = new Set();
  const listeners = [];
  const { setTimeout: set, clearTimeout: clear, addEventListener: add } = window;
  window.setTimeout = (work, ms) => {
    const id = set(() => (timers.delete(id), work()), ms);
    timers.add(id);
    return id;
  };
  window.clearTimeout = (id) => (timers.delete(id), clear(id));
  window.addEventListener = (type, listener, options) => {
    listeners.push(type);
    options?.signal?.addEventListener('abort', () => listeners.splice(listeners.indexOf(type), 1));
    add.call(window, type, listener, options);
  };
  window.alive = () => ({ timers: timers.size, listeners });
`;

/** A function of a node, as the browser reads it: these tests are typed without a DOM. */
export const styleOf = (property: string) =>
  new Function('node', `return getComputedStyle(node).${property}`) as (node: unknown) => string;

export async function expectAccessible(page: Page, state: string) {
  await page.waitForTimeout(350);
  const session = await page.context().newCDPSession(page);
  const run = async (expression: string) =>
    (await session.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })).result.value;
  await run(axe);
  const found = await run(
    `axe.run({ include: [['docent-widget']] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ failureSummary }) => failureSummary)))`,
  );
  expect(found, state).toEqual([]);
}

export async function expectFocus(page: Page, tag: string, name?: string) {
  const focused = () =>
    page.evaluate(
      `(({ localName, ariaLabel }) => [localName, ariaLabel])(document.activeElement.shadowRoot?.activeElement ?? document.activeElement)`,
    );
  await expect.poll(focused).toEqual([tag, name ?? expect.toSatisfy(() => true)]);
}
