import { randomFillSync } from 'node:crypto';

/** Steps within a millisecond: the twelve bits behind the time. */
const stepsPerMs = 4096;

let lastStep = 0;

/**
 * So many UUIDs of version 7 (RFC 9562, 6.2, method 3), each greater than those that this process made before it. Rows whose ids are known
 * here need not be sent back by the database, and rows that are written in order of their ids touch one page of an index after the other.
 */
export function newIds(count: number): string[] {
  const random = randomFillSync(Buffer.allocUnsafe(count * 8)).toString('hex');
  return Array.from({ length: count }, (_, at) => {
    // Below 2^53 until the year 2039; the bits behind a millisecond count up, beyond them the time runs ahead a little.
    lastStep = Math.max(lastStep + 1, Date.now() * stepsPerMs);
    const ms = Math.floor(lastStep / stepsPerMs)
      .toString(16)
      .padStart(12, '0');
    const step = (lastStep % stepsPerMs).toString(16).padStart(3, '0');
    const tail = random.slice(at * 16, at * 16 + 15);
    return `${ms.slice(0, 8)}-${ms.slice(8)}-7${step}-${variants[parseInt(random[at * 16 + 15]!, 16) & 3]}${tail.slice(0, 3)}-${tail.slice(3)}`;
  });
}

const variants = ['8', '9', 'a', 'b'];
