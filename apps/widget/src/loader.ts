import sheetText from './launcher.css?inline';
import type { CreatePanel, Panel } from './mount';

declare const WIDGET_VERSION: string;
type Command = ((name: string, detail?: unknown) => void) & { q?: [string, unknown?][]; traits?: unknown };

const page = window as unknown as { Docent?: Command | undefined };
const earlier = page.Docent;

/**
 * The script on customers' pages: draws one round button and nothing else. The panel comes with the first sign of
 * interest; until then there is no request, except where the snippet says `data-proactive`. Running it twice leaves one button. `Docent.q` holds early calls,
 * `Docent.traits` what was said by `identify`.
 */
if (earlier && !earlier.q) earlier('mount');
else begin(document.currentScript as HTMLScriptElement);

function begin({ dataset, src }: HTMLScriptElement) {
  const host = document.createElement('docent-widget');
  const root = host.attachShadow({ mode: 'open' });
  const button = document.createElement('button');
  const base = new URL(src).origin;
  let loading: Promise<Panel | void> | undefined;

  // A failed import is remembered by its address; the fragment makes the next try a new one.
  const start = (part: string) =>
    import(/* @vite-ignore */ `${base}/widget/${WIDGET_VERSION}/${part}.js#${Date.now()}`).then(
      (module: { default: CreatePanel }) => module.default(root, button, dataset.bot!, base),
    );
  const load = () =>
    (loading ??= start('panel').catch(() => {
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
  if ('proactive' in dataset) setTimeout(() => host.isConnected && start('proactive').catch(() => 0), 2000);
  earlier?.q?.map((call) => docent(...call));
}

/** The owner's colour and side: what the panel learned last time, or what the snippet says. The icon is white or black, by lightness. */
function dress(root: ShadowRoot, button: HTMLButtonElement, { bot, colour = '#3b5bdb', position = '' }: DOMStringMap) {
  try {
    ({ colour, position } = JSON.parse(localStorage[`docent:${bot}`]).look);
  } catch {
    // No storage, or nothing stored: the snippet decides.
  }
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`:host{all:initial!important;--a:${colour};--t:lab(from var(--a) calc(99*(50 - l)) 0 0)}${sheetText}`);
  root.adoptedStyleSheets = [sheet];
  button.className = position;
}
