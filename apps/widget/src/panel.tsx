import { render } from 'preact';
import { ChatClient } from './chat-client';
import type { Panel } from './mount';
import sheetText from './panel.css?inline';
import { repairContrast } from './repair-contrast';
import { splitSentences } from './split-sentences';
import { english, type Strings } from './strings';
import type { View } from './parts';
import { Chat, titleOf } from './view';

declare const STRINGS_VERSION: string;
const translated = /^(de|es|fr|ru|ar|hi|zh|ja|th)$/;

/** The chat itself, in the loader's shadow root. It does nothing before `open`. */
export default function createPanel(root: ShadowRoot, button: HTMLButtonElement, botId: string, base: string): Panel {
  const box = document.createElement('div');
  const spoken = document.createElement('div');
  const colours = new CSSStyleSheet();
  const darkQuery = matchMedia('(prefers-color-scheme:dark)');
  const viewport = visualViewport!;
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
    strings: english,
    passage: undefined,
    close,
    async showPassage(turnId, n) {
      focusBefore = root.activeElement;
      view.passage = {};
      draw();
      box.querySelector<HTMLElement>('.passage button')?.focus();
      const passage = await client.passage(turnId, n).catch((error) => ({ failed: error.message }));
      if (view.passage) view.passage = passage;
      draw();
      box.querySelector('mark')?.scrollIntoView({ block: 'nearest' });
    },
    startAnew() {
      view.hidePassage();
      client.startAnew();
    },
    hidePassage() {
      view.passage = undefined;
      draw();
      (focusBefore as HTMLElement | null)?.focus();
    },
  };

  /** Draws at most once per frame, however many events arrive. */
  function changed() {
    frame ||= requestAnimationFrame(draw);
  }

  function draw() {
    cancelAnimationFrame(frame);
    frame = 0;
    const log = box.querySelector('.log');
    const atEnd = !log || log.scrollHeight - log.scrollTop - log.clientHeight < 80 || client.state.outbox.length;
    dress();
    render(<Chat {...view} />, box);
    if (log && atEnd) log.scrollTop = log.scrollHeight;
    speak();
  }

  /** Colours, side, size and language: owner's settings, this device's theme, and the part of the screen that is free. */
  function dress() {
    const { bot } = client.state;
    const settings = bot?.widget;
    const dark = settings?.theme === 'dark' || (settings?.theme !== 'light' && darkQuery.matches);
    const { accent, onAccent, ink } = repairContrast(settings?.colour ?? '#3b5bdb', dark ? '#2a2c33' : '#f1f2f6');
    const side = settings?.position ?? button.className;
    // A page that is zoomed with two fingers shows a part of the panel, not a smaller one.
    const { height, offsetTop } = viewport.scale > 1.1 ? { height: innerHeight, offsetTop: 0 } : viewport;
    const rule = `:host{--a:${accent};--t:${onAccent};--i:${ink};--h:${height}px;--y:${offsetTop}px}`;
    if (rule !== dressed) colours.replaceSync((dressed = rule));
    button.className = side;
    box.className = `p ${side} ${dark ? 'dark' : ''}`;
    box.ariaLabel = button.ariaLabel = titleOf(client);
    if (!settings) return;
    const wanted = settings.language === 'auto' ? document.documentElement.lang || navigator.language : settings.language;
    if (wanted !== language) void speakLanguage((language = wanted));
  }

  async function speakLanguage(wanted: string) {
    const [code] = wanted.toLowerCase().split('-') as [string];
    box.dir = /^(ar|fa|he|ur)$/.test(code) ? 'rtl' : 'ltr';
    view.strings = english;
    box.lang = 'en';
    if (!translated.test(code)) return;
    const texts: { default: string[] } | undefined = await import(/* @vite-ignore */ `./${code}-${STRINGS_VERSION}.js`).catch(
      () => undefined,
    );
    if (!texts || wanted !== language) return;
    view.strings = Object.fromEntries(Object.keys(english).map((key, at) => [key, texts.default[at]])) as Strings;
    box.lang = code;
    changed();
  }

  /** Says the last answer to a screen reader sentence by sentence, never word by word. */
  function speak() {
    const answer = client.state.entries.at(-1);
    if (answer?.role !== 'assistant') return;
    const sentences = splitSentences(`${answer.text} ${answer.error?.message ?? ''}`, answer.status !== 'running');
    if (spokenTurn !== answer.turnId) spokenCount = answer.turnId === client.heard ? sentences.length : 0;
    spokenTurn = answer.turnId;
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

  button.textContent = '';
  button.ariaLabel = 'Chat';
  box.role = 'dialog';
  box.tabIndex = -1;
  spoken.className = 'sr';
  spoken.ariaLive = 'polite';
  box.onkeydown = (event) => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.stopPropagation();
    if (view.passage) view.hidePassage();
    else close();
  };

  return {
    open,
    close,
    destroy() {
      close();
      cancelAnimationFrame(frame);
      render(null, box);
    },
  };
}
