import sheetText from './launcher.css?inline';
import type { CreatePanel, Panel } from './mount';

declare const WIDGET_VERSION: string;
type Command = ((name: string, detail?: unknown) => void) & { q?: [string, unknown?][]; traits?: unknown };

const page = window as unknown as { Docent?: Command | undefined };
const earlier = page.Docent;

/**
 * The script on customers' pages: draws one round button and nothing else. The panel comes with the first sign of
 * interest; until then there is no request. Running it twice leaves one button. `Docent.q` holds early calls,
 * `Docent.traits` what was said by `identify`.
 */
if (earlier && !earlier.q) earlier('mount');
else start(document.currentScript as HTMLScriptElement);

function start({ dataset, src }: HTMLScriptElement) {
  const host = document.createElement('docent-widget');
  const root = host.attachShadow({ mode: 'open' });
  const button = document.createElement('button');
  const base = new URL(src).origin;
  let loading: Promise<Panel | void> | undefined;

  // A failed import is remembered by its address; the fragment makes the next try a new one.
  const load = () =>
    (loading ??= import(/* @vite-ignore */ `${base}/widget/${WIDGET_VERSION}/panel.js#${Date.now()}`)
      .then((panel: { default: CreatePanel }) => panel.default(root, button, dataset.bot!, base))
      .catch(() => {
        loading = void (button.ariaLabel = button.textContent = 'Offline');
      }));

  // Beside the body, not in it: what a page does to its body (swapping it, transforming it) leaves the button alone.
  const docent: Command = (name, detail) => {
    if (name === 'identify') docent.traits = detail;
    else if (name === 'destroy') {
      delete page.Docent;
      host.remove();
    } else if (!host.isConnected) document.documentElement.append(host);
    if (name === 'open') load();
    loading?.then((panel) => panel?.[name as 'open']?.());
  };

  host.role = 'region';
  host.ariaLabel = button.ariaLabel = 'Chat';
  button.ariaExpanded = 'false';
  button.onclick = () => docent(button.ariaExpanded === 'true' ? 'close' : 'open');
  button.onpointerenter = button.onfocus = load;
  root.append(button);
  dress(root, button, dataset);
  page.Docent = docent;
  docent('mount');
  earlier?.q?.map((call) => docent(...call));
}

/**
 * The owner's colour and side: what the panel learned last time, or what the snippet says. Text on it is black or white, whichever
 * reads: `y` is the luminance of WCAG 2.2, and 0.18 has a contrast of 4.5 with both.
 */
function dress(root: ShadowRoot, button: HTMLButtonElement, { bot, colour = '#3b5bdb', position = '' }: DOMStringMap) {
  try {
    ({ colour, position } = JSON.parse(localStorage[`docent:${bot}`]).look);
  } catch {
    // No storage, or nothing stored: the snippet decides.
  }
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    `:host{--a:${colour};--t:color(from var(--a) xyz calc(9e9*(.18 - y)) calc(9e9*(.18 - y)) calc(9e9*(.18 - y)))}${sheetText}`,
  );
  root.adoptedStyleSheets = [sheet];
  button.className = position;
}
