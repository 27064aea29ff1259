/** Rides on a {@link ModelError} as its cause: how long the supplier asks us to wait. */
export class RetryAfter extends Error {
  constructor(readonly ms: number) {
    super(`Retry after ${ms} ms`);
  }
}
