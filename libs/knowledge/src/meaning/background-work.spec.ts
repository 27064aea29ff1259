import { pino } from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { BackgroundWork } from './background-work';

const work = () => new BackgroundWork(pino({ level: 'silent' }));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('tries again what failed, and not what went well', async () => {
  let failures = 2;
  const attempts: boolean[] = [];
  await work().start('it', async () => {
    const isFailing = failures-- > 0;
    attempts.push(isFailing);
    if (isFailing) throw new Error('not now');
  });
  expect(attempts).toEqual([true]);
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(attempts).toEqual([true, true, false]);
});

it('gives up in the end', async () => {
  let attempts = 0;
  await work().start('it', async () => {
    attempts += 1;
    throw new Error('never');
  });
  await vi.advanceTimersByTimeAsync(24 * 3_600_000);
  expect(attempts).toBe(7);
});

it('tries nothing again once it has ended, and waits for what runs', async () => {
  const background = work();
  let attempts = 0;
  let isDone = false;
  await background.start('failing', async () => {
    attempts += 1;
    throw new Error('never');
  });
  void background.start('slow', async () => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    isDone = true;
  });
  const ended = background.end();
  await vi.advanceTimersByTimeAsync(3_600_000);
  await ended;
  expect([attempts, isDone]).toEqual([1, true]);
});

it('does not wait for a result longer than it may, and takes a failure for none', async () => {
  const late = work().within(2_000, () => new Promise((resolve) => setTimeout(resolve, 5_000, 'late')));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await late).toBeUndefined();
  expect(await work().within(2_000, () => Promise.reject(new Error('no')))).toBeUndefined();
  expect(await work().within(2_000, () => Promise.resolve('in time'))).toBe('in time');
});
