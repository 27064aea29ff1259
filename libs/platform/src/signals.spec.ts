import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SignalLine } from './signal-line';
import { Signals } from './signals';

/** Keeps what was sent, and says nothing to anybody. */
class QuietLine implements SignalLine {
  readonly sent: string[] = [];
  isClosed = false;
  isBroken = false;
  start = () => Promise.resolve();
  isUp = () => !this.isBroken;
  send = (channel: string, payload: string) => {
    if (!this.isClosed) this.sent.push(`${channel}: ${payload}`);
    return Promise.resolve();
  };
  close = () => {
    this.isClosed = true;
    return Promise.resolve();
  };
}

describe('announcements of conversations that have grown', () => {
  it('go at once where nothing was announced lately; what follows gathers, the highest number of each', async () => {
    const line = new QuietLine();
    const signals = new Signals(line);
    signals.announce('one', 1);
    expect(line.sent).toEqual(['conversation: one 1']);
    for (let seq = 2; seq <= 5; seq += 1) signals.announce('one', seq);
    signals.announce('two', 7);
    await signals.onApplicationShutdown();
    expect(line.sent).toEqual(['conversation: one 1', 'conversation: one 5 two 7']);
  });

  it('are all sent before the line is closed, however many there are', async () => {
    const line = new QuietLine();
    const signals = new Signals(line);
    for (let number = 0; number < 250; number += 1) signals.announce(`c${number}`, number);
    await signals.onApplicationShutdown();
    const told = line.sent.flatMap((payload) => payload.slice('conversation: '.length).split(' ')).filter((word) => word.startsWith('c'));
    expect(new Set(told).size).toBe(250);
    expect(line.sent.every((payload) => payload.length < 8000)).toBe(true);
  });
});

describe('looking after what nobody tells', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('happens every half minute, and every second while nobody can be heard, until it is ended', () => {
    const line = new QuietLine();
    const looks: boolean[] = [];
    const end = new Signals(line).lookAfter((isDeaf) => looks.push(isDeaf));
    vi.advanceTimersByTime(59_000);
    expect(looks).toEqual([false]);
    line.isBroken = true;
    vi.advanceTimersByTime(3000);
    expect(looks).toEqual([false, true, true, true]);
    line.isBroken = false;
    vi.advanceTimersByTime(20_000);
    expect(looks).toHaveLength(4);
    end();
    vi.advanceTimersByTime(60_000);
    expect(looks).toHaveLength(4);
  });
});
