import { describe, expect, it } from 'vitest';
import { lookAfter, type Memory } from './tidy-memory';

const megabyte = 1024 * 1024;

class SomeMemory implements Memory {
  taken = 100;
  living = 60;
  busy = 0.05;
  collected = 0;

  takenBytes(): number {
    return this.taken * megabyte;
  }

  busyShare(): number {
    return this.busy;
  }

  collect(): void {
    this.collected += 1;
    this.taken = this.living;
  }
}

describe('tidying memory', () => {
  it('collects what a rush has left, once', () => {
    const memory = new SomeMemory();
    const look = lookAfter(memory);
    look();
    look();
    expect(memory.collected).toBe(1);
    memory.taken = 110;
    look();
    expect(memory.collected).toBe(1);
    memory.taken = 200;
    look();
    expect(memory.collected).toBe(2);
  });

  it('waits while there is something to do', () => {
    const memory = new SomeMemory();
    const look = lookAfter(memory);
    memory.busy = 0.5;
    look();
    expect(memory.collected).toBe(0);
    memory.busy = 0.1;
    look();
    expect(memory.collected).toBe(1);
  });

  it('does not try again and again where everything lives', () => {
    const memory = new SomeMemory();
    memory.taken = memory.living = 400;
    const look = lookAfter(memory);
    look();
    look();
    expect(memory.collected).toBe(1);
  });
});
