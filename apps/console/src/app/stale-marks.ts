import type { QueryClient, QueryKey } from '@tanstack/react-query';

const gatherMs = 250;

/**
 * Gathers what is out of date for a quarter of a second and then has each answer read again once:
 * a hundred files at work push hundreds of changes, and one fresh list tells them all.
 */
export class StaleMarks {
  private readonly keys = new Map<string, QueryKey>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly queryClient: QueryClient) {}

  add(queryKey: QueryKey): void {
    this.keys.set(JSON.stringify(queryKey), queryKey);
    this.timer ??= setTimeout(() => this.flush(), gatherMs);
  }

  private flush(): void {
    this.timer = undefined;
    const keys = [...this.keys.values()];
    this.keys.clear();
    for (const queryKey of keys) void this.queryClient.invalidateQueries({ queryKey });
  }
}
