import { accessSync, constants } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What to tell somebody whose machine has no Chromium. */
export const howToGetChromium =
  'No Chromium found. Install one ("apt-get install chromium" on Debian) or set CHROMIUM_PATH to its executable.';

/** The installed Chromium: `CHROMIUM_PATH`, or the first of the usual places; undefined when there is none. */
export function findChromium(): string | undefined {
  return [process.env.CHROMIUM_PATH, ...places].find((path) => path && isExecutable(path));
}

/** True when browser tests must be skipped; under `CI=true` a missing Chromium is a failure instead: throws. */
export function skipWithoutChromium(): boolean {
  if (findChromium()) return false;
  if (process.env.CI === 'true') throw new Error(howToGetChromium);
  console.warn(`Skipped: ${howToGetChromium}`);
  return true;
}

/** A new headless Chromium with an empty profile. Throws when none is installed. The caller closes it. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error(howToGetChromium);
  return chromium.launch({ executablePath, headless: true, args: flags });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
