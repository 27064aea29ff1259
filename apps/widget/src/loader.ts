import sheetText from './launcher.css?inline';
import type { CreatePanel, Mount, Panel } from './mount';

declare const PANEL_FILE: string;
type Command = ((name: string, ...args: unknown[]) => void) & { q?: ArrayLike<unknown>[] };

const page = window as unknown as { Docent?: Command | undefined };
const earlier = page.Docent;

/**
 * The script on customers' pages: draws one round button and nothing else. The panel comes with the first sign of
 * interest; until then there is no request. Running it twice leaves one button. `Docent.q` holds early calls.
 */
if (earlier && !earlier.q) earlier('mount');
else start(document.currentScript as HTMLScriptElement);

function start(script: HTMLScriptElement) {
  const botId = script.dataset.bot!;
  const base = new URL(script.src).origin;
  const host = document.createElement('docent-widget');
  const root = host.attachShadow({ mode: 'open' });
  const button = document.createElement('button');
  const mount: Mount = { root, button, botId, base };
  let loading: Promise<Panel> | undefined;
  let attempts = 0;

  // The fragment makes a new try after a failed one; browsers remember a failure by its address.
  const load = () => (loading ??= import(/* @vite-ignore */ `${base}/widget/${PANEL_FILE}#${attempts++}`).then((panel: { default: CreatePanel }) => panel.default(mount)));
  const commands: Record<string, (detail?: unknown) => unknown> = {
    mount: () => host.isConnected || (document.body || document.documentElement).append(host),
    async open() {
      commands.mount!();
      button.ariaBusy = 'true';
      try {
        const panel = await load();
        if (page.Docent === command) panel.open();
        delete button.dataset.error;
      } catch {
        loading = undefined;
        button.dataset.error = 'No connection';
      }
      button.ariaBusy = null;
    },
    close: () => loading?.then((panel) => panel.close()),
    destroy() {
      delete page.Docent;
      host.remove();
      loading?.then((panel) => panel.destroy());
    },
    identify: (traits) => ((mount as Mount & { traits?: unknown }).traits = traits),
  };
  const command: Command = (name, ...details) => commands[name]?.(details[0]);

  host.role = 'region';
  host.ariaLabel = button.ariaLabel = 'Chat';
  button.ariaExpanded = 'false';
  button.onclick = () => commands[button.ariaExpanded === 'true' ? 'close' : 'open']!();
  button.onpointerenter = button.onfocus = () => load().catch(() => (loading = undefined));
  button.append(icon());
  root.append(button);
  dress(root, button, botId, script.dataset);
  page.Docent = command;
  commands.mount!();
  for (const [name, detail] of (earlier?.q ?? []) as [string, unknown][]) command(name, detail);
}

/** The owner's colour and side: what the panel learned last time, or what the snippet says. */
function dress(root: ShadowRoot, button: HTMLButtonElement, botId: string, data: DOMStringMap) {
  let look = { colour: data.colour || '#3b5bdb', side: data.position };
  try {
    look = JSON.parse(localStorage[`docent:${botId}`]).look ?? look;
  } catch {
    // No storage, or nothing stored: the snippet decides.
  }
  const [red, green, blue] = [1, 3, 5].map((at) => (parseInt(look.colour.slice(at, at + 2), 16) / 255) ** 2.2) as [number, number, number];
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`${sheetText}:host{--a:${look.colour};--t:${red * 0.21 + green * 0.72 + blue * 0.07 > 0.18 ? '#000' : '#fff'}}`);
  root.adoptedStyleSheets = [sheet];
  if (look.side === 'left') button.className = 'l';
}

function icon() {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = document.createElementNS(svg.namespaceURI, 'path');
  svg.setAttribute('width', '26');
  svg.setAttribute('viewBox', '0 0 24 24');
  path.setAttribute('d', 'M21 11.5a8.4 8.4 0 0 1-12 7.6L3 21l1.9-6A8.4 8.4 0 1 1 21 11.5z');
  svg.append(path);
  return svg;
}
