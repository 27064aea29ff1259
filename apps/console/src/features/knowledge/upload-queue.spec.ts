import { describe, expect, it } from 'vitest';
import { ApiError } from '../../api/api-error';
import { UploadQueue, type SendFile } from './upload-queue';

const file = (name: string) => new File(['x'], name);
const settle = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

describe('UploadQueue', () => {
  it('sends three at a time and all in the end', async () => {
    const open: (() => void)[] = [];
    let most = 0;
    let sending = 0;
    const queue = new UploadQueue(
      () =>
        new Promise<void>((resolve) => {
          sending += 1;
          most = Math.max(most, sending);
          open.push(() => {
            sending -= 1;
            resolve();
          });
        }),
    );
    queue.add(Array.from({ length: 8 }, (_, index) => file(`${index}.pdf`)));
    while (open.length > 0) {
      open.shift()!();
      await settle();
    }
    expect(most).toBe(3);
    expect(queue.snapshot()).toEqual([]);
  });

  it('keeps a refused file with the words of the refusal, and sends it again when asked', async () => {
    let attempts = 0;
    const queue = new UploadQueue(async () => {
      attempts += 1;
      if (attempts === 1) throw new ApiError('too_large', 'This is larger than allowed.', 413);
    });
    queue.add([file('big.pdf')]);
    await settle();
    expect(queue.snapshot()).toMatchObject([{ name: 'big.pdf', state: 'failed', error: 'This is larger than allowed.' }]);
    queue.retry(queue.snapshot()[0]!.id);
    await settle();
    expect(queue.snapshot()).toEqual([]);
  });

  it('waits as long as the server says when it was too much at once', async () => {
    const waits: number[] = [];
    let attempts = 0;
    const send: SendFile = async () => {
      attempts += 1;
      if (attempts < 3) throw new ApiError('rate_limited', 'Wait', 429, undefined, undefined, 11);
    };
    const queue = new UploadQueue(send, 3, async (seconds) => void waits.push(seconds));
    queue.add([file('a.txt')]);
    await settle();
    expect(waits).toEqual([11, 11]);
    expect(queue.snapshot()).toEqual([]);
  });

  it('stops a file that is taken out and goes on with the next', async () => {
    const sent: string[] = [];
    const queue = new UploadQueue((next, _, signal) => {
      sent.push(next.name);
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))));
    }, 1);
    queue.add([file('first'), file('second')]);
    queue.remove(queue.snapshot()[0]!.id);
    await settle();
    expect(sent).toEqual(['first', 'second']);
    expect(queue.snapshot()).toMatchObject([{ name: 'second', state: 'sending' }]);
  });
});
