import { openKernelMemory } from '@docent/embedder/web-assembly';
import { describe, expect, it } from 'vitest';
import { blockBytes, blockNumbers, openKernel, plainKernel } from './vector-kernel';

describe('the vector kernel', () => {
  it.each([1, 2, 3, 12])('gives the same whole numbers as the plain loop, %i blocks a vector', (blocks) => {
    const memory = openKernelMemory(8, 8);
    const count = 100;
    const [question, vectors, fast, plain] = [0, 8_192, 262_144, 270_336] as const;
    fillExtremes(new Int8Array(memory.buffer, question, blocks * blockNumbers));
    fillBytes(new Uint8Array(memory.buffer, vectors, count * blocks * blockBytes));
    openKernel(memory).dots(fast, question, vectors, count, blocks);
    plainKernel(memory).dots(plain, question, vectors, count, blocks);
    const sums = new Int32Array(memory.buffer, fast, count);
    expect(sums).toEqual(new Int32Array(memory.buffer, plain, count));
    expect(new Set(sums).size).toBeGreaterThan(count / 2);
  });

  it('holds the largest sums there can be', () => {
    const memory = openKernelMemory(8, 8);
    new Int8Array(memory.buffer, 0, blockNumbers * 4).fill(-127);
    new Uint8Array(memory.buffer, 8_192, blockBytes * 4).fill(255);
    openKernel(memory).dots(4_096, 0, 8_192, 1, 4);
    expect(new Int32Array(memory.buffer, 4_096, 1)[0]).toBe(-127 * 15 * blockNumbers * 4);
  });

  it('is compiled on this machine', () => {
    expect(String(openKernel(openKernelMemory(1, 1)).dots)).toContain('native code');
  });
});

/** Many of the largest numbers of either sign: where sums would overflow first. */
function fillExtremes(numbers: Int8Array): void {
  for (let index = 0; index < numbers.length; index++)
    numbers[index] = [127, -127, ((index * 37) % 255) - 127][(index * index) % 3]!;
}

function fillBytes(bytes: Uint8Array): void {
  let state = 1;
  for (let index = 0; index < bytes.length; index++) bytes[index] = (state = (state * 16_807) % 2_147_483_647) & 255;
}
