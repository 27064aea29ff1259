import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../../apps/api/src/free-port';
import { serverEnvironment, serverFlags } from '../server-flags.mjs';

export interface Member {
  port: number;
  child: ChildProcess;
  isReady: boolean;
  isPaused: boolean;
  startedAt: number;
}

/** From and until when, in milliseconds since 1970. */
export interface Spell {
  from: number;
  until: number;
}

/** Real built products on one database, each a process of its own that can be killed at any moment and is then started again. */
export class ProductFleet {
  readonly members: Member[] = [];
  /** Milliseconds from a start to "ready". */
  readonly startTimes: number[] = [];
  /** When no process was there to answer: all were dead, starting, or stood still. */
  readonly deserted: Spell[] = [];
  private isEnding = false;
  private desertedSince: number | null = null;

  private constructor(
    private readonly mainFile: string,
    private readonly environment: Record<string, string>,
  ) {}

  static async start(mainFile: string, processes: number, environment: Record<string, string>): Promise<ProductFleet> {
    const fleet = new ProductFleet(mainFile, environment);
    // The first one migrates the database.
    for (let index = 0; index < processes; index++) {
      const port = await freePort();
      fleet.members.push(fleet.launch(port));
      await fleet.untilReady(fleet.members[index]!);
    }
    return fleet;
  }

  get ready(): Member[] {
    return this.members.filter(({ isReady, isPaused }) => isReady && !isPaused);
  }

  /** SIGKILL, as a machine that loses power; it is started again at once, on the same port. */
  async kill(member: Member): Promise<void> {
    const index = this.members.indexOf(member);
    member.isReady = false;
    this.noteWhoIsThere();
    const gone = once(member.child, 'exit');
    member.child.kill('SIGKILL');
    await gone;
    if (!this.isEnding) this.members[index] = this.launch(member.port);
  }

  /** Stands still with everything it holds, then goes on as if nothing had been: the late writer that a fence is for. */
  async pause(member: Member, forMs: number): Promise<void> {
    const { child } = member;
    member.isPaused = true;
    this.noteWhoIsThere();
    child.kill('SIGSTOP');
    await wait(forMs);
    child.kill('SIGCONT');
    member.isPaused = false;
    this.noteWhoIsThere();
  }

  async untilReady(member: Member): Promise<void> {
    while (!member.isReady) {
      if (member.child.exitCode !== null) throw new Error(`A product ended with ${member.child.exitCode}`);
      await wait(20);
    }
  }

  async stop(): Promise<void> {
    this.isEnding = true;
    await Promise.all(
      this.members.map(async ({ child }) => {
        if (child.exitCode !== null || child.signalCode) return;
        const gone = once(child, 'exit');
        child.kill('SIGCONT');
        child.kill('SIGKILL');
        await gone;
      }),
    );
  }

  private launch(port: number): Member {
    const env = { PATH: process.env['PATH'], LOG_LEVEL: 'error', ...serverEnvironment, ...this.environment, PORT: String(port) };
    const child = spawn(process.execPath, [...serverFlags, this.mainFile], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const member: Member = { port, child, isReady: false, isPaused: false, startedAt: performance.now() };
    const endWithUs = () => child.kill('SIGKILL');
    process.once('exit', endWithUs);
    child.once('exit', () => process.removeListener('exit', endWithUs));
    let said = '';
    child.stdout.on('data', (piece: Buffer) => {
      said = (said + piece.toString()).slice(-2000);
      if (member.isReady || !said.includes('Docent is ready')) return;
      member.isReady = true;
      this.noteWhoIsThere();
      this.startTimes.push(performance.now() - member.startedAt);
    });
    child.stderr.on('data', (piece: Buffer) => process.stderr.write(piece));
    child.once('exit', (code, signal) => {
      member.isReady = false;
      this.noteWhoIsThere();
      if (signal === 'SIGKILL' || this.isEnding) return;
      process.stderr.write(`A product ended by itself (${code ?? signal}):\n${said}\n`);
      // What ends by itself comes back too; that it did is reported as a fault of the product.
      this.endedAlone++;
      setTimeout(() => !this.isEnding && (this.members[this.members.indexOf(member)] = this.launch(port)), 500);
    });
    return member;
  }

  private noteWhoIsThere(): void {
    const isDeserted = this.ready.length === 0;
    if (isDeserted) this.desertedSince ??= Date.now();
    else if (this.desertedSince !== null) {
      this.deserted.push({ from: this.desertedSince, until: Date.now() });
      this.desertedSince = null;
    }
  }

  endedAlone = 0;
}
