import { AsyncLocalStorage } from 'node:async_hooks';

type Listener = (event: Event) => void;

/** What the widget needs of a browser. Several visitors live in one process, and each sees storage and events of its own. */
export class BrowserPage {
  readonly storage = new Map<string, string>();
  private readonly listeners = new Map<Listener, string>();
  readonly localStorage = new Proxy({} as Record<string, string>, {
    get: (_target, key: string) => this.storage.get(key),
    set: (_target, key: string, value) => Boolean(this.storage.set(key, String(value))),
  });

  addEventListener = (type: string, listener: Listener, options?: { signal?: AbortSignal }): void => {
    const own: Listener = (event) => listener(event);
    this.listeners.set(own, type);
    options?.signal?.addEventListener('abort', () => this.listeners.delete(own));
  };

  /** As in a browser, those that are there when it happens hear it. */
  dispatch(event: Event): void {
    for (const [listener, type] of [...this.listeners]) if (type === event.type && this.listeners.has(listener)) this.run(() => listener(event));
  }

  /** Everything that `work` begins, now and later, sees this page's globals. */
  run<T>(work: () => T): T {
    preparePages();
    return pages.run(this, work);
  }
}

const pages = new AsyncLocalStorage<BrowserPage>();
const origin = 'https://shop.example';
let isPrepared = false;

/** Puts a browser's globals in place, each answering for the page that asks; outside of pages Node's own remain. */
function preparePages(): void {
  if (isPrepared) return;
  isPrepared = true;
  const own = { fetch: globalThis.fetch, navigator: globalThis.navigator, addEventListener: undefined, location: undefined, localStorage: undefined };
  const values: Record<keyof typeof own, (page: BrowserPage) => unknown> = {
    // A browser names the page's origin by itself.
    fetch: () => (address: string, init: RequestInit = {}) => own.fetch(address, { ...init, headers: { ...(init.headers as Record<string, string>), origin } }),
    navigator: () => ({ language: 'en', onLine: true }),
    addEventListener: (page) => page.addEventListener,
    location: () => ({ href: `${origin}/page`, origin }),
    localStorage: (page) => page.localStorage,
  };
  for (const name of Object.keys(values) as (keyof typeof own)[]) {
    Object.defineProperty(globalThis, name, {
      configurable: true,
      get: () => {
        const page = pages.getStore();
        return page ? values[name](page) : own[name];
      },
    });
  }
}
