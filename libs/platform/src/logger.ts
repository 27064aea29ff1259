/** Injection token of the process's logger (pino), which redacts secrets. */
export const LOGGER = Symbol('LOGGER');
