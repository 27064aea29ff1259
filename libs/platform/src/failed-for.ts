/** Codes by which PostgreSQL says why it refused a statement: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const sqlStates = { divisionByZero: '22012', duplicate: '23505', deadlock: '40P01' };

/** Whether a statement failed for this reason. */
export function failedFor(reason: keyof typeof sqlStates, error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === sqlStates[reason];
}
