import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { formatWidgetSizes, measureWidget, widgetBudget } from '../../../tools/widget-size';

const project = join(import.meta.dirname, '..');

beforeAll(() => {
  if (existsSync(join(project, '../../dist/widget/widget.js'))) return;
  execFileSync(process.execPath, [join(project, '../../node_modules/vite/bin/vite.js'), 'build'], { cwd: project });
}, 60_000);

it('stays within the promised bytes', () => {
  const sizes = measureWidget();
  expect(sizes.loaderBytes, formatWidgetSizes(sizes)).toBeLessThanOrEqual(widgetBudget.loader);
  expect(sizes.openBytes, formatWidgetSizes(sizes)).toBeLessThanOrEqual(widgetBudget.open);
});
