/** A weighted case: figures, and whether it came true. */
export interface Case {
  values: number[];
  isTrue: boolean;
  weight: number;
}

export interface Logistic {
  bias: number;
  coefficients: number[];
}

const shrinkage = 3e-4;
const rounds = 25;

/**
 * Weighted logistic regression by Newton's method with a little shrinkage. `signs` (1 or -1) says which way each figure may point: what would
 * point the other way is left out, so that more evidence never lowers the answer.
 */
export function fitLogistic(cases: Case[], signs: number[]): Logistic {
  const total = cases.reduce((sum, { weight }) => sum + weight, 0);
  const used = new Set(signs.map((_, at) => at));
  for (;;) {
    const fitted = newton(cases, [...used], total);
    const coefficients = signs
      .map((_, at) => fitted[1 + [...used].indexOf(at)] ?? 0)
      .map((value, at) => (used.has(at) ? value : 0));
    const wrong = [...used].filter((at) => coefficients[at]! * signs[at]! < 0);
    if (wrong.length === 0) return { bias: fitted[0]!, coefficients };
    used.delete(wrong.sort((left, right) => coefficients[left]! * signs[left]! - coefficients[right]! * signs[right]!)[0]!);
  }
}

export function probabilityOf({ bias, coefficients }: Logistic, values: number[]): number {
  return 1 / (1 + Math.exp(-values.reduce((sum, value, at) => sum + value * coefficients[at]!, bias)));
}

/** Bias first, then one coefficient for each used column. */
function newton(cases: Case[], used: number[], total: number): number[] {
  const size = used.length + 1;
  const found = new Array<number>(size).fill(0);
  for (let round = 0; round < rounds; round++) {
    const gradient = found.map((value, at) => (at ? shrinkage * value : 0));
    const curvature = found.map((_, row) => found.map((_, column) => (row === column ? (row ? shrinkage : 1e-9) : 0)));
    for (const { values, isTrue, weight } of cases) {
      const row = [1, ...used.map((at) => values[at]!)];
      const p = 1 / (1 + Math.exp(-row.reduce((sum, value, at) => sum + value * found[at]!, 0)));
      const error = ((p - Number(isTrue)) * weight) / total;
      const slope = (p * (1 - p) * weight) / total;
      for (let at = 0; at < size; at++) {
        gradient[at]! += error * row[at]!;
        for (let other = 0; other < size; other++) curvature[at]![other]! += slope * row[at]! * row[other]!;
      }
    }
    solve(curvature, gradient).forEach((step, at) => (found[at]! -= step));
  }
  return found;
}

/** Gaussian elimination with row exchange; the matrix is small. */
function solve(matrix: number[][], right: number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at]!]);
  for (let at = 0; at < rows.length; at++) {
    const pivot = rows
      .slice(at)
      .reduce((best, row, offset) => (Math.abs(row[at]!) > Math.abs(rows[best]![at]!) ? at + offset : best), at);
    [rows[at], rows[pivot]] = [rows[pivot]!, rows[at]!];
    for (let below = at + 1; below < rows.length; below++) {
      const factor = rows[below]![at]! / rows[at]![at]!;
      for (let column = at; column <= rows.length; column++) rows[below]![column]! -= factor * rows[at]![column]!;
    }
  }
  const solution = new Array<number>(rows.length).fill(0);
  for (let at = rows.length - 1; at >= 0; at--) {
    const rest = solution.reduce((sum, value, column) => (column > at ? sum + rows[at]![column]! * value : sum), 0);
    solution[at] = (rows[at]![rows.length]! - rest) / rows[at]![at]!;
  }
  return solution;
}
