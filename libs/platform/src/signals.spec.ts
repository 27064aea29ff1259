import { describe, expect, it } from 'vitest';
import type { SignalLine } from './signal-line';
import { Signals } from './signals';

/** Keeps what was sent, and says nothing to anybody. */
class QuietLine implements SignalLine {
  readonly sent: string[] = [];
  isClosed = false;
  start = () => Promise.resolve();
  isUp = () => true;
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
