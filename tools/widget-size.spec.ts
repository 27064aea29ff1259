import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { formatWidgetSizes, measureWidget, widgetBudget } from './widget-size';

const root = join(import.meta.dirname, '..');

beforeAll(() => {
  if (existsSync(join(root, 'dist/widget/widget.js'))) return;
  execFileSync(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build'], { cwd: join(root, 'apps/widget') });
}, 60_000);

it('stays within the promised bytes in every language', () => {
  const sizes = measureWidget();
  expect(sizes.loaderBytes, formatWidgetSizes(sizes)).toBeLessThanOrEqual(widgetBudget.loader);
  expect(sizes.files.filter(({ role }) => role === 'language')).toHaveLength(10);
  expect(sizes.openBytes, formatWidgetSizes(sizes)).toBeLessThanOrEqual(widgetBudget.open);
});
