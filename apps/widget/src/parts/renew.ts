import type { CreatePanel, Panel } from '../mount';

type Command = ((name: string, detail?: unknown) => void) & { traits?: unknown };

const page = window as unknown as { Docent?: Command | undefined };
const renewed = new WeakSet<Node>();
const lookEveryMs = 100;
const lookAtMost = 50;

/**
 * Whichever part a page asks for whose build is gone, it is given this one, of the present build. It puts the present panel in the place of
 * the old one, with the same conversation and what the visitor was typing, and presses again what was pressed. Of the old build it relies on
 * nothing but what never changes: a part is called with the panel's element, and the loader's command closes and destroys.
 */
export default function renewPart({ box }: { box: HTMLElement }): unknown {
  const root = box.getRootNode() as ShadowRoot;
  if (!renewed.has(root)) void renew(root);
  renewed.add(root);
  // Whatever the old panel wants of the part happens with the new one.
  return new Proxy({}, { get: (_part, name) => (name === 'then' ? undefined : () => undefined) });
}

async function renew(root: ShadowRoot) {
  const { host } = root;
  const { origin: base } = new URL(import.meta.url);
  const button = root.querySelector('button')!;
  const botId = findBot(base);
  const old = page.Docent;
  if (!botId || !old) return;
  const before = noteWork(root);
  const address = './panel.js';
  const { default: createPanel }: { default: CreatePanel } = await import(/* @vite-ignore */ address);
  old('destroy');
  // It is over when what waits for the old panel has run.
  await new Promise((later) => setTimeout(later));
  root.adoptedStyleSheets = root.adoptedStyleSheets.slice(0, 1);
  root.replaceChildren(button);
  const docent = take(host, button, old.traits);
  const panel = await createPanel(root, button, botId, base);
  docent.panel = panel;
  docent.command('open');
  await goOn(root, before);
}

/** The page's command from now on, as the loader makes it; before the panel is there, it does nothing. */
function take(host: Element, button: HTMLButtonElement, traits: unknown) {
  const held: { panel?: Panel; command: Command } = {
    command(name, detail) {
      if (name === 'identify') held.command.traits = detail;
      if (name === 'destroy') {
        delete page.Docent;
        host.remove();
      } else if (!host.isConnected) document.documentElement.append(host);
      held.panel?.[name as 'open']?.();
    },
  };
  held.command.traits = traits;
  page.Docent = held.command;
  button.onpointerenter = button.onfocus = null;
  button.onclick = () => held.command(button.ariaExpanded === 'true' ? 'close' : 'open');
  document.documentElement.append(host);
  return held;
}

/** The snippet names the bot; where the page has removed it, what was stored does, unless it names several. */
function findBot(base: string): string | undefined {
  const snippets = [...document.querySelectorAll<HTMLScriptElement>('script[data-bot]')];
  const named = snippets.find(({ src }) => src.startsWith(`${base}/`))?.dataset['bot'];
  if (named) return named;
  try {
    const stored = Object.keys(localStorage).flatMap((key) => /^docent:([\w-]+)$/.exec(key)?.[1] ?? []);
    return stored.length === 1 ? stored[0] : undefined;
  } catch {
    return undefined;
  }
}

const labelled = (root: ShadowRoot, label: string) =>
  [...root.querySelectorAll('button')].filter(({ ariaLabel }) => ariaLabel === label);

/** What was pressed, by its label and its place among those of the same label, and what is being typed. */
function noteWork(root: ShadowRoot) {
  const pressed = root.activeElement as HTMLButtonElement | null;
  const label = pressed?.ariaLabel ?? '';
  return { label, place: pressed && label ? labelled(root, label).indexOf(pressed) : -1, text: root.querySelector('textarea')?.value ?? '' };
}

/** The conversation is there a moment after the panel. */
async function goOn(root: ShadowRoot, { label, place, text }: ReturnType<typeof noteWork>) {
  const field = root.querySelector('textarea');
  if (field) field.value = text;
  for (let look = 0; place >= 0 && look < lookAtMost; look++) {
    const button = labelled(root, label)[place];
    if (button) return button.click();
    await new Promise((later) => setTimeout(later, lookEveryMs));
  }
}
