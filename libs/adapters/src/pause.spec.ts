import { describe, expect, it } from 'vitest';
import { inHaste, Pause } from './pause';

/** Takes turns until told to stop, and counts them. */
function taker(kind: 'behind' | 'words') {
  const pause = new Pause(kind);
  const counted = { turns: 0, stop: false };
  const done = (async () => {
    for (; !counted.stop; counted.turns++) await pause.take();
  })();
  return { counted, done };
}

describe('Pause', () => {
  it('lets words go on at once, and what comes behind only now and then, while words are in haste', async () => {
    const behind = taker('behind');
    const words = taker('words');
    await inHaste(async () => {
      for (const pause = new Pause('words'); words.counted.turns < 200;) await pause.take();
    });
    expect(behind.counted.turns).toBeLessThan(words.counted.turns / 4);
    const before = behind.counted.turns;
    while (behind.counted.turns < before + 20) await new Promise((resume) => setImmediate(resume));
    behind.counted.stop = words.counted.stop = true;
    await Promise.all([behind.done, words.done]);
  });

  it('keeps nobody behind when the work in haste has failed', async () => {
    await expect(inHaste(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    const behind = taker('behind');
    const words = taker('words');
    while (behind.counted.turns < 20) await new Promise((resume) => setImmediate(resume));
    behind.counted.stop = words.counted.stop = true;
    await Promise.all([behind.done, words.done]);
    expect(behind.counted.turns).toBeGreaterThanOrEqual(20);
  });
});
