import type { Page } from 'playwright-core';
import type { ServerUnderTest } from './start-server';

/** Signs the owner of the demo workspace in as people do. Returns the address of the workspace, without a slash at its end. */
export async function signInAsOwner(page: Page, { url, demo }: Pick<ServerUnderTest, 'url' | 'demo'>): Promise<string> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('E-mail address').fill(demo.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(demo.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/overview');
  return page.url().replace(/\/overview.*$/, '');
}
