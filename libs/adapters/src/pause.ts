/** Work between two looks at the clock, and what the event loop may be held for. */
const sliceMs = 4;
/** Who waits longer than this for its turn is not alone. */
const quietMs = 1;
/**
 * Where others are at work, it rests so many times as long as they kept it waiting. Vectors come behind and rest long, because an answer
 * takes many turns of the loop. Somebody waits for words, and what keeps them waiting may be the same upload.
 */
const manners = { behind: { restShare: 4, longestRestMs: 40 }, words: { restShare: 1, longestRestMs: 8 } };
/** How long one slice of what comes behind makes room for words. */
const longestWayMs = 40;
const lookAgainMs = 5;

let hasty = 0;

/** Work that somebody waits for: until its end, whatever comes behind does little more than stay alive. */
export async function inHaste<T>(work: () => Promise<T>): Promise<T> {
  hasty += 1;
  try {
    return await work();
  } finally {
    hasty -= 1;
  }
}

/** Leaves the event loop to others when this work has held it long enough, and for longer where others have work to do. */
export class Pause {
  private since = performance.now();

  constructor(private readonly kind: keyof typeof manners = 'behind') {}

  isDue(): boolean {
    return performance.now() - this.since > sliceMs;
  }

  async take(): Promise<void> {
    const { restShare, longestRestMs } = manners[this.kind];
    const asked = performance.now();
    await new Promise<void>((resume) => setImmediate(resume));
    const waited = performance.now() - asked;
    if (waited > quietMs) await rest(Math.min(longestRestMs, waited * restShare));
    if (this.kind === 'behind') for (let way = 0; hasty > 0 && way < longestWayMs; way += lookAgainMs) await rest(lookAgainMs);
    this.since = performance.now();
  }

  async ifDue(): Promise<void> {
    if (this.isDue()) await this.take();
  }
}

function rest(milliseconds: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, milliseconds));
}
