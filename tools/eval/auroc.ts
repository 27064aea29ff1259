import { mean } from './rank-figures';

/** The chance that one of `low` is below one of `high`, ties counting half; null where one of them is empty. */
export function auroc(low: number[], high: number[]): number | null {
  if (low.length === 0 || high.length === 0) return null;
  const sorted = [...high].sort((left, right) => left - right);
  return mean(low.map((value) => 1 - (placeOf(sorted, value, false) + placeOf(sorted, value, true)) / 2 / sorted.length));
}

/** How many are below the value, or not above it. */
function placeOf(sorted: number[], value: number, orEqual: boolean): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sorted[middle]! < value || (orEqual && sorted[middle] === value)) from = middle + 1;
    else to = middle;
  }
  return from;
}
