import { join } from 'node:path';
import type { BenchOptions } from './bench-options';
import { printFigures } from './print-figures';

/** The bytes of the built widget beside their budget. */
export async function benchWidget({ mainFile, print }: BenchOptions): Promise<void> {
  const { formatWidgetSizes, measureWidget, widgetBudget } = await import('../widget-size');
  const sizes = measureWidget(join(mainFile, '../../widget'));
  print(formatWidgetSizes(sizes));
  printFigures('widget', [
    { what: 'loader, gzip -9', values: [sizes.loaderBytes], unit: 'B', digits: 0, goal: { atMost: widgetBudget.loader }, beside: 'Typebot 197 512, Chatwoot 390 646 (published)' },
    { what: 'everything open in the largest language, gzip -9', values: [sizes.openBytes], unit: 'B', digits: 0, goal: { atMost: widgetBudget.open } },
  ], print);
}
