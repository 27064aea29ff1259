import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { AppError } from '@docent/platform';

/** OWASP's minimum for argon2id: 19 MiB, two passes, one thread. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const mostAtOnce = 2;
const mostWaiting = 64;

/**
 * Hashes passwords with argon2id, two at a time, so that a rush of sign-ins leaves the processor to the visitors' answers.
 * Throws `rate_limited` when too many wait.
 */
@Injectable()
export class PasswordHasher {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private decoy: Promise<string> | undefined;

  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(normalise(password), cost));
  }

  /** Without a stored hash (nobody of that address) it does the same work and says no, so that the time tells nothing. */
  async matches(password: string, storedHash: string | undefined): Promise<boolean> {
    const compared = storedHash ?? (await this.decoyHash());
    const isRight = await this.inTurn(() => verify(compared, normalise(password)));
    return isRight && storedHash !== undefined;
  }

  /** Made before the first sign-in is answered, so that the first unknown address isn't slower than a known one. */
  async onModuleInit(): Promise<void> {
    await this.decoyHash();
  }

  private decoyHash(): Promise<string> {
    this.decoy ??= hash('a password that nobody has', cost);
    return this.decoy;
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= mostAtOnce) await this.waitForTurn();
    else this.running++;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      // The place is handed on, not given back: nobody can slip in between.
      if (next) next();
      else this.running--;
    }
  }

  private waitForTurn(): Promise<void> {
    if (this.waiting.length >= mostWaiting) throw new AppError('rate_limited', { retryAfterSeconds: 2 });
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}

/** The same characters typed on two systems can differ in their code points (NIST SP 800-63B-4, 3.1.1.2). */
function normalise(password: string): string {
  return password.normalize('NFC');
}
