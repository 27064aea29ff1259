/** The value below which `share` (0 to 1) of the values lie, by nearest rank. NaN for none. */
export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

export const median = (values: number[]) => quantile(values, 0.5);

/** Lowest to highest, for printing behind a median of several runs. */
export function spread(values: number[], digits = 2): string {
  return `${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)}`;
}
