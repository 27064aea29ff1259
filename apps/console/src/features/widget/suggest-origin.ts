import { Origin } from '@docent/contracts';

/**
 * The exact origin that somebody means who typed or pasted an address: `www.example.com/shop` becomes `https://www.example.com`.
 * Undefined when no website can be recognised.
 */
export function suggestOrigin(typed: string): string | undefined {
  const text = typed.trim();
  if (!text || /\s/.test(text)) return undefined;
  const isLocal = /^(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/.test(text);
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${isLocal ? 'http' : 'https'}://${text}`;
  if (!URL.canParse(address)) return undefined;
  const { origin, hostname } = new URL(address);
  // Chromium writes the star of a wildcard as %2A.
  const looksReal = /^[\w-]+(\.[\w-]+)+$|^localhost$|^\[/.test(hostname);
  return looksReal && Origin.safeParse(origin).success ? origin : undefined;
}
