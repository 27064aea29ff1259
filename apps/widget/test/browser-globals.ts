import { vi } from 'vitest';

type Listener = (event: Event) => void;

/** What the chat client needs of a browser, for tests under Node: storage shared by all "tabs", window events, a page address. */
export function stubBrowser(): { window: { dispatchEvent(event: Event): void }; storage: Map<string, string> } {
  const storage = new Map<string, string>();
  const localStorage = new Proxy({} as Record<string, string>, {
    get: (_target, key: string) => storage.get(key),
    set: (_target, key: string, value) => Boolean(storage.set(key, String(value))),
  });
  const window = new PageEvents();
  vi.stubGlobal('localStorage', localStorage);
  vi.stubGlobal('location', { href: 'https://shop.example/page' });
  vi.stubGlobal('addEventListener', window.addEventListener);
  return { window, storage };
}

/**
 * Listeners as a browser calls them: those that are there when the event happens. (Node's own EventTarget also calls those
 * that are added meanwhile, which never ends when every listener renews itself.)
 */
class PageEvents {
  #listeners = new Map<Listener, string>();

  addEventListener = (type: string, listener: Listener, { signal }: { signal: AbortSignal }) => {
    const own: Listener = (event) => listener(event);
    this.#listeners.set(own, type);
    signal.addEventListener('abort', () => this.#listeners.delete(own));
  };

  dispatchEvent(event: Event) {
    for (const [listener, type] of [...this.#listeners])
      if (type === event.type && this.#listeners.has(listener)) listener(event);
  }
}

/** What the browser tells the other tabs after one of them wrote. */
export function storageEvent(key: string): Event {
  return Object.assign(new Event('storage'), { key });
}
