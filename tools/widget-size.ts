import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

/** Promised in the README, in bytes after gzip -9: the loader alone, and all scripts and styles once the chat is open. */
export const widgetBudget = { loader: 1024, open: 10_240 };

export interface WidgetSizes {
  files: { file: string; role: 'loader' | 'panel' | 'language'; bytes: number; gzipBytes: number }[];
  /** What the page loads before the visitor shows interest. */
  loaderBytes: number;
  /** What it has loaded with the chat open, in English. */
  openBytes: number;
  /** The same in the largest other language. */
  openTranslatedBytes: number;
}

/** Measures what the build wrote to `folder`, file by file. Throws when it has not been built. */
export function measureWidget(folder = join(import.meta.dirname, '../dist/widget')): WidgetSizes {
  if (!existsSync(join(folder, 'widget.js'))) throw new Error('The widget is not built yet: run "vite build" in apps/widget.');
  const names = ['widget.js', ...readdirSync(join(folder, 'widget')).map((name) => `widget/${name}`)];
  const files = names.map((file) => {
    const content = readFileSync(join(folder, file));
    const role =
      file === 'widget.js' ? ('loader' as const) : file.includes('panel-') ? ('panel' as const) : ('language' as const);
    return { file, role, bytes: content.length, gzipBytes: gzipSync(content, { level: 9 }).length };
  });
  const total = (role: string) => files.filter((file) => file.role === role).reduce((sum, file) => sum + file.gzipBytes, 0);
  const largestLanguage = Math.max(0, ...files.filter((file) => file.role === 'language').map((file) => file.gzipBytes));
  const openBytes = total('loader') + total('panel');
  return { files, loaderBytes: total('loader'), openBytes, openTranslatedBytes: openBytes + largestLanguage };
}

/** The table that `npm run bench -- widget` prints. */
export function formatWidgetSizes({ files, loaderBytes, openBytes, openTranslatedBytes }: WidgetSizes): string {
  const row = (name: string, bytes: string | number, gzip: string | number, budget: string | number = '') =>
    `${name.padEnd(44)}${String(bytes).padStart(9)}${String(gzip).padStart(9)}${String(budget).padStart(9)}`;
  return [
    row('Widget', 'bytes', 'gzip -9', 'budget'),
    ...files.map(({ file, bytes, gzipBytes }) => row(file, bytes, gzipBytes)),
    row('before the visitor shows interest', '', loaderBytes, widgetBudget.loader),
    row('chat open (scripts and styles)', '', openBytes, widgetBudget.open),
    row('chat open in the largest other language', '', openTranslatedBytes),
  ].join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(formatWidgetSizes(measureWidget()));
