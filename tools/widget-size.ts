import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

/** Promised in the README, in bytes after gzip -9: the loader alone, and all scripts and styles once the chat is open. */
export const widgetBudget = { loader: 1024, open: 10_240 };

export interface WidgetSizes {
  /** A `language` is loaded with the panel; a `part`, and the texts that the parts need, only when a visitor does something further. */
  files: { file: string; role: 'loader' | 'panel' | 'language' | 'part'; bytes: number; gzipBytes: number }[];
  /** What the page loads before the visitor shows interest. */
  loaderBytes: number;
  /** What it has loaded with the chat open, in the largest language. */
  openBytes: number;
  /** The code of that language. */
  largestLanguage: string;
  /** The same in English. */
  openEnglishBytes: number;
}

/** Measures what the build wrote to `folder`, file by file. Throws when it has not been built. */
export function measureWidget(folder = join(import.meta.dirname, '../dist/widget')): WidgetSizes {
  if (!existsSync(join(folder, 'widget.js'))) throw new Error('The widget is not built yet: run "vite build" in apps/widget.');
  const names = readdirSync(join(folder, 'widget'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
  const files = ['widget.js', ...names.map((name) => `widget/${name}`)].map((file) => {
    const content = readFileSync(join(folder, file));
    return { file, role: roleOf(file), bytes: content.length, gzipBytes: gzipSync(content, { level: 9 }).length };
  });
  const total = (role: string) => files.filter((file) => file.role === role).reduce((sum, file) => sum + file.gzipBytes, 0);
  const languages = files.filter(({ role }) => role === 'language').sort((a, b) => b.gzipBytes - a.gzipBytes);
  const english = languages.find(({ file }) => file.endsWith('/en.js'));
  if (!languages[0] || !english) throw new Error('The widget has no languages: build it anew.');
  const common = total('loader') + total('panel');
  return {
    files,
    loaderBytes: total('loader'),
    openBytes: common + languages[0].gzipBytes,
    largestLanguage: languages[0].file.slice(-5, -3),
    openEnglishBytes: common + english.gzipBytes,
  };
}

function roleOf(file: string) {
  if (file === 'widget.js') return 'loader' as const;
  if (file.endsWith('/panel.js')) return 'panel' as const;
  return /\/[a-z]{2}\.js$/.test(file) ? ('language' as const) : ('part' as const);
}

/** The table that `npm run bench -- widget` prints. */
export function formatWidgetSizes({ files, loaderBytes, openBytes, largestLanguage, openEnglishBytes }: WidgetSizes): string {
  const row = (name: string, bytes: string | number, gzip: string | number, budget: string | number = '') =>
    `${name.padEnd(52)}${String(bytes).padStart(9)}${String(gzip).padStart(9)}${String(budget).padStart(9)}`;
  const rows = (...roles: string[]) =>
    files.filter(({ role }) => roles.includes(role)).map(({ file, bytes, gzipBytes }) => row(file, bytes, gzipBytes));
  return [
    row('Widget', 'bytes', 'gzip -9', 'budget'),
    ...rows('loader', 'panel'),
    'one of these, with the chat open',
    ...rows('language'),
    'when used, by what the visitor does',
    ...rows('part'),
    row('before the visitor shows interest', '', loaderBytes, widgetBudget.loader),
    row('chat open (scripts, styles, texts) in English', '', openEnglishBytes, widgetBudget.open),
    row(`chat open in the largest language (${largestLanguage})`, '', openBytes, widgetBudget.open),
  ].join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(formatWidgetSizes(measureWidget()));
