import { vi } from 'vitest';

/** What the chat client needs of a browser, for tests under Node: storage shared by all "tabs", window events, a page address. */
export function stubBrowser(): { window: EventTarget; storage: Map<string, string> } {
  const window = new EventTarget();
  const storage = new Map<string, string>();
  const localStorage = new Proxy({} as Record<string, string>, {
    get: (_target, key: string) => storage.get(key),
    set: (_target, key: string, value) => Boolean(storage.set(key, String(value))),
  });
  vi.stubGlobal('localStorage', localStorage);
  vi.stubGlobal('location', { href: 'https://shop.example/page' });
  vi.stubGlobal('addEventListener', window.addEventListener.bind(window));
  return { window, storage };
}

/** What the browser tells the other tabs after one of them wrote. */
export function storageEvent(key: string): Event {
  return Object.assign(new Event('storage'), { key });
}
