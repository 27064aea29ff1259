import { errorCodes, type ErrorCode } from '@docent/contracts';

/** An expected refusal. One filter turns it into the HTTP answer; `details` are shown to the caller, the cause is only logged. */
export class AppError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly details?: unknown,
    options?: ErrorOptions & { message?: string },
  ) {
    super(options?.message ?? errorCodes[code].message, options);
    this.name = 'AppError';
  }

  get status(): number {
    return errorCodes[this.code].status;
  }
}

/** For look-ups: what is not there and what is not yours look the same. */
export function found<T>(row: T | null | undefined): T {
  if (row === null || row === undefined) throw new AppError('not_found');
  return row;
}
