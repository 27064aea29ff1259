import type { ProactiveRule } from '@docent/contracts';

/** What is known of a visit to the page. */
export interface Visit {
  path: string;
  seconds: number;
  /** The lowest part of the page that was seen, in percent. */
  scrolled: number;
  /** The pointer has left the page at its top. */
  leaves: boolean;
  isReturning: boolean;
}

/** Whether all conditions that the rule gives hold together. */
export function holds({ path, afterSeconds, afterScroll, onExit, returningOnly }: ProactiveRule, visit: Visit): boolean {
  return (
    visit.path.includes(path) &&
    visit.seconds >= afterSeconds &&
    (afterScroll === 0 || visit.scrolled >= afterScroll) &&
    (!onExit || visit.leaves) &&
    (!returningOnly || visit.isReturning)
  );
}
