import { cpus, loadavg } from 'node:os';
import { median, spread } from './statistics';

export interface Figure {
  what: string;
  /** One value per run. */
  values: number[];
  unit: string;
  digits?: number;
  /** The promise, where there is one. */
  goal?: { atMost: number } | { atLeast: number };
  /** The same measured on something plain, or another remark. */
  beside?: string;
}

/** The machine and how busy it is with other things: a median from a busy machine is an upper bound. */
export function describeMachine(): string {
  return `${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}, load average ${loadavg()[0]!.toFixed(1)}`;
}

/** One line per figure: median, lowest to highest, goal and whether it is met, yardstick. */
export function printFigures(title: string, figures: Figure[], print: (line: string) => void): void {
  const rows = figures.map(({ what, values, unit, digits = 2, goal, beside = '' }) => {
    const middle = median(values);
    return [what, `${middle.toFixed(digits)} ${unit}`, values.length > 1 ? spread(values, digits) : '', goal ? describeGoal(goal, middle, unit) : '', beside];
  });
  const table = [[title, 'median', 'spread', 'goal', 'beside it'], ...rows];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  print('');
  table.forEach((row) => print(row.map((cell, column) => (column === 0 || column === 4 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join('  ').trimEnd()));
}

function describeGoal(goal: { atMost: number } | { atLeast: number }, value: number, unit: string): string {
  const isMet = 'atMost' in goal ? value <= goal.atMost : value >= goal.atLeast;
  return `${'atMost' in goal ? `<= ${goal.atMost}` : `>= ${goal.atLeast}`} ${unit} ${isMet ? 'met' : 'MISSED'}`;
}
