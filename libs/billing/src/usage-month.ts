export interface UsageMonth {
  start: Date;
  /** Exclusive. */
  end: Date;
}

/** The calendar month in UTC by which messages are counted. */
export function usageMonth(at: Date): UsageMonth {
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  return { start: new Date(Date.UTC(year, month, 1)), end: new Date(Date.UTC(year, month + 1, 1)) };
}
