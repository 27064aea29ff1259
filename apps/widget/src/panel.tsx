import { render } from 'preact';
import { ChatClient, keyOf } from './chat-client';
import type { Panel } from './mount';
import { pageLanguage, pickLanguage } from './pick-language';
import sheetText from './panel.css?inline';
import { splitSentences } from './split-sentences';
import type { Answer } from './apply-event';
import type { View } from './parts';
import { Chat, titleOf } from './view';

/**
 * The chat itself, in the loader's shadow root, once its texts are there. It does nothing else before `open`.
 * Throws when the texts cannot be loaded.
 */
export default async function createPanel(
  root: ShadowRoot,
  button: HTMLButtonElement,
  botId: string,
  base: string,
): Promise<Panel> {
  const box = document.createElement('div');
  const spoken = document.createElement('div');
  const colours = new CSSStyleSheet();
  const darkQuery = matchMedia('(prefers-color-scheme:dark)');
  const viewport = visualViewport!;
  const parts: Record<string, Promise<never>> = {};
  let life: AbortController | undefined;
  let frame = 0;
  let opener: Element | null;
  let focusBefore: Element | null;
  let language = '';
  let dressed = '';
  let spokenTurn: unknown;
  let spokenCount = 0;

  const client = new ChatClient(base, botId, changed);
  const view: View = {
    client,
    strings: [] as never,
    page: undefined,
    draw,
    close,
    openPage(page) {
      focusBefore = root.activeElement;
      view.page = page;
      draw();
      box.querySelector<HTMLElement>('.page button')?.focus();
    },
    closePage() {
      view.page = undefined;
      draw();
      (focusBefore as HTMLElement | null)?.focus();
    },
    startAnew() {
      view.closePage();
      client.startAnew();
    },
    async use(name, action) {
      try {
        const load = async () => {
          const [part, more] = await Promise.all([fetchModule(name), fetchModule(`${box.lang}-more`)]);
          return part({ view, more, box });
        };
        const part = await (parts[name] ??= load() as Promise<never>);
        action?.(part);
      } catch {
        delete parts[name];
        // Said until the connection stands again; then the next press tries again.
        client.state.offline = true;
        client.open();
      }
      draw();
    },
  };

  /** Draws at most once per frame, however many events arrive. */
  function changed() {
    frame ||= requestAnimationFrame(draw);
    const { bot, entries } = client.state;
    const isNew = !entries.length && !client.state.outbox.length;
    if (!view.entry && entries.some(({ role, attachments }: Entry) => attachments || /^(ag|h)/.test(role)))
      void view.use('people');
    if (bot?.preChatForm && isNew && !view.page && !client.saved.read().met) void view.use('forms', (part) => part.preChat());
  }

  function draw() {
    cancelAnimationFrame(frame);
    frame = 0;
    const log = box.querySelector('.log');
    const atEnd = !log || log.scrollHeight - log.scrollTop - log.clientHeight < 80 || client.state.outbox.length;
    dress();
    render(<Chat {...view} />, box);
    if (log && atEnd) log.scrollTop = log.scrollHeight;
    announce();
    view.drawn?.();
  }

  /** Colours, side, size and language: owner's settings, this device's theme, and the part of the screen that is free. */
  function dress() {
    const { bot } = client.state;
    const settings = bot?.widget;
    const dark = settings?.theme === 'dark' || (settings?.theme !== 'light' && darkQuery.matches);
    const side = settings?.position ?? button.className;
    // A page that is zoomed with two fingers shows a part of the panel, not a smaller one.
    const { height, offsetTop } = viewport.scale > 1.1 ? { height: innerHeight, offsetTop: 0 } : viewport;
    const rule = `:host{${settings ? `--a:${settings.colour};` : ''}--h:${height}px;--y:${offsetTop}px}`;
    if (rule !== dressed) colours.replaceSync((dressed = rule));
    button.className = side;
    box.className = `p ${side} ${dark ? 'dark' : ''}`;
    box.ariaLabel = button.ariaLabel = titleOf(client);
    void speak(settings).catch(() => 0);
  }

  /** One language is loaded: that of the owner's settings, or the page's, or the browser's. What was learned last time is the first guess. */
  async function speak(settings = client.saved.read().look) {
    const { language: set = 'auto' } = settings ?? {};
    const wanted = set === 'auto' ? pageLanguage() : set;
    if (wanted === language) return;
    language = wanted;
    const code = pickLanguage(wanted);
    const strings = await fetchModule(code);
    if (wanted !== language) return;
    view.strings = strings;
    box.lang = code;
    box.dir = /^(ar|fa|he|ur)/i.test(wanted) ? 'rtl' : 'ltr';
    changed();
  }

  /** Says the last answer to a screen reader sentence by sentence, never word by word. */
  function announce() {
    const answer = client.state.entries.at(-1) as Answer | undefined;
    const key = keyOf(answer);
    if (!answer || (answer.role as string) === 'visitor') return;
    const text = `${answer.text} ${answer.error?.message ?? ''}`.replaceAll('[?]', `(${view.strings.unsureText})`);
    const sentences = splitSentences(text, answer.status !== 'running');
    if (spokenTurn !== key) spokenCount = key === client.heard ? sentences.length : 0;
    spokenTurn = key;
    const fresh = sentences.slice(spokenCount).join('');
    spokenCount = sentences.length;
    if (fresh.trim()) spoken.textContent = fresh;
  }

  function open() {
    if (life) return;
    const { signal } = (life = new AbortController());
    const sheets = root.adoptedStyleSheets;
    if (!box.isConnected) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(sheetText);
      root.adoptedStyleSheets = [...sheets, sheet, colours];
      root.append(box, spoken);
    }
    box.hidden = false;
    button.ariaExpanded = 'true';
    darkQuery.addEventListener('change', changed, { signal });
    viewport.addEventListener('resize', changed, { signal });
    viewport.addEventListener('scroll', changed, { signal });
    opener = root.activeElement || document.activeElement;
    client.open();
    draw();
    // On a phone the field would bring the keyboard up over the conversation.
    ((!matchMedia('(pointer:coarse)').matches && box.querySelector('textarea')) || box).focus();
  }

  function close() {
    if (!life) return;
    life.abort();
    life = undefined;
    client.close();
    box.hidden = true;
    button.ariaExpanded = 'false';
    // The page's own button gets the focus back; when nothing had it, the launcher does.
    button.focus();
    (opener as HTMLElement | null)?.focus();
  }

  await speak();
  button.textContent = '';
  button.ariaLabel = 'Chat';
  box.role = 'dialog';
  box.tabIndex = -1;
  spoken.className = 'sr';
  spoken.ariaLive = 'polite';
  box.onkeydown = (event) => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.stopPropagation();
    if (view.page) view.closePage();
    else close();
  };

  return {
    open,
    close,
    identify() {
      client.identify();
      if (life) client.open();
    },
    destroy() {
      close();
      cancelAnimationFrame(frame);
      render(null, box);
    },
  };
}

/** A file beside this one. The address is new each time, because a browser may remember that it failed. */
const fetchModule = async (name: string) => (await import(/* @vite-ignore */ `./${name}.js#${Date.now()}`)).default;

/** Of a transcript, where only some entries can have attachments. */
type Entry = { role: string; attachments?: unknown };
