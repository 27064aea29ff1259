import type { ProactiveRule } from '@docent/contracts';
import { pageLanguage, pickLanguage } from '../pick-language';
import { holds, type Visit } from '../proactive-rules';
import type { Strings } from '../strings';
import styles from './proactive.css?inline';

/** What this browser remembers: which messages it has shown, when, and how often the visitor has come. */
interface Memory {
  shown: Record<string, number>;
  visits: number;
  lastSeen: number;
}

const visitEndsMs = 30 * 60_000;
const dayMs = 24 * 60 * 60_000;
const mostPerDay = 3;

/**
 * Messages that show themselves, where the snippet asks for them. Each at most once for a visitor, one per page, three in a day,
 * and none while the chat is open. Nothing that goes wrong here reaches the page.
 */
export default async function proactive(root: ShadowRoot, button: HTMLButtonElement, botId: string, base: string): Promise<void> {
  try {
    const memory = remember(botId);
    const response = await fetch(`${base}/v1/bots/${botId}/proactive`, { credentials: 'omit' });
    if (!response.ok) return;
    const { items }: { items: ProactiveRule[] } = await response.json();
    if (openRules(items, memory).length) watch(root, button, botId, items, memory.visits > 1);
  } catch {
    // Offline, or not allowed here: no message.
  }
}

/** What was not shown yet; nothing where there was enough for a day. */
function openRules(rules: ProactiveRule[], { shown }: Memory): ProactiveRule[] {
  const today = Object.values(shown).filter((at) => at > Date.now() - dayMs).length;
  return today < mostPerDay ? rules.filter(({ id }) => !shown[id]) : [];
}

/** Looks once a second until a rule holds, the chat is opened, or the widget is gone. */
function watch(root: ShadowRoot, button: HTMLButtonElement, botId: string, rules: ProactiveRule[], isReturning: boolean) {
  const life = new AbortController();
  const began = performance.now();
  let scrolled = 0;
  let leaves = false;
  const { documentElement: page } = document;
  const listen = { passive: true, signal: life.signal };
  addEventListener('scroll', () => (scrolled = Math.max(scrolled, scrolledPercent(page))), listen);
  page.addEventListener('pointerleave', ({ clientY }) => ((leaves ||= clientY <= 0), look()), listen);
  const timer = setInterval(look, 1000);
  life.signal.addEventListener('abort', () => clearInterval(timer));

  function look() {
    if (!root.host.isConnected || button.ariaExpanded === 'true') return life.abort();
    if (document.hidden) return;
    const visit: Visit = {
      path: location.pathname,
      seconds: (performance.now() - began) / 1000,
      scrolled,
      leaves,
      isReturning,
    };
    // As it is by now: another tab may have shown it since.
    const memory = recall(botId);
    const rule = openRules(rules, memory).find((each) => holds(each, visit));
    if (!rule) return;
    life.abort();
    memory.shown[rule.id] = Date.now();
    keep(botId, memory);
    void show(root, button, rule.text);
  }
}

async function show(root: ShadowRoot, button: HTMLButtonElement, text: string) {
  const strings = await textsOf(pickLanguage(pageLanguage()));
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets.push(sheet);
  const hint = document.createElement('div');
  const open = document.createElement('button');
  const dismiss = document.createElement('button');
  const life = new AbortController();
  const away = () => {
    life.abort();
    hint.remove();
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((each) => each !== sheet);
  };
  hint.className = `hint ${button.className}`;
  hint.role = 'status';
  open.textContent = text;
  open.dir = 'auto';
  dismiss.textContent = '×';
  dismiss.ariaLabel = strings?.closeText ?? '×';
  open.onclick = () => button.click();
  dismiss.onclick = () => (away(), button.focus());
  button.addEventListener('click', away, { signal: life.signal });
  hint.append(open, dismiss);
  root.append(hint);
}

const textsOf = (code: string): Promise<Strings | undefined> =>
  import(/* @vite-ignore */ `./${code}.js`).then(
    (module) => module.default,
    () => undefined,
  );

const scrolledPercent = (page: Element) => ((page.scrollTop + page.clientHeight) / page.scrollHeight) * 100;

function recall(botId: string): Memory {
  const memory: Memory = { shown: {}, visits: 0, lastSeen: 0 };
  try {
    return { ...memory, ...JSON.parse(localStorage[keyOf(botId)]) };
  } catch {
    // The first visit, or no storage.
    return memory;
  }
}

function remember(botId: string): Memory {
  const memory = recall(botId);
  if (Date.now() - memory.lastSeen > visitEndsMs) memory.visits++;
  memory.lastSeen = Date.now();
  keep(botId, memory);
  return memory;
}

/** Without storage nothing could be shown once only: then nothing is shown, because this throws. */
function keep(botId: string, memory: Memory) {
  localStorage[keyOf(botId)] = JSON.stringify(memory);
}

const keyOf = (botId: string) => `docent:${botId}:proactive`;
