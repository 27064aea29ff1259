import { describe, expect, it } from 'vitest';
import { pictureSize } from './picture-size';

const bytes = (...parts: (string | number[])[]) =>
  new Uint8Array(
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part)))),
  );

describe('pictureSize', () => {
  it.each([
    ['image/png', bytes('\x89PNG\r\n\x1a\n', [0, 0, 0, 13], 'IHDR', [0, 0, 0x13, 0x88, 0, 0, 0, 7]), { width: 5000, height: 7 }],
    ['image/gif', bytes('GIF89a', [0x88, 0x13, 7, 0]), { width: 5000, height: 7 }],
    ['image/webp', bytes('RIFF....WEBPVP8X', [10, 0, 0, 0, 0, 0, 0, 0, 0x87, 0x13, 0, 6, 0, 0]), { width: 5000, height: 7 }],
    ['image/webp', bytes('RIFF....WEBPVP8L', [9, 0, 0, 0, 0x2f, 0x87, 0x93, 0x01, 0]), { width: 5000, height: 7 }],
    [
      'image/webp',
      bytes('RIFF....WEBPVP8 ', [9, 0, 0, 0, 0, 0, 0, 0x9d, 0x01, 0x2a, 0x88, 0x13, 7, 0]),
      { width: 5000, height: 7 },
    ],
    [
      'image/jpeg',
      bytes([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc4, 0, 2, 0xff, 0xff, 0xc2, 0, 11, 8, 0, 7, 0x13, 0x88]),
      { width: 5000, height: 7 },
    ],
  ])('reads what the head of a %s says', (mediaType, content, size) => {
    expect(pictureSize(mediaType, content)).toEqual(size);
  });

  it('says nothing of what is cut off, of what ends without a frame, and of other files', () => {
    for (const mediaType of ['image/png', 'image/gif', 'image/webp', 'image/jpeg'])
      expect(pictureSize(mediaType, bytes([0xff, 0xd8, 0xff]))).toBeNull();
    expect(pictureSize('image/jpeg', bytes([0xff, 0xd8, 0xff, 0xd9]))).toBeNull();
    expect(pictureSize('image/jpeg', bytes([0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff]))).toBeNull();
    expect(pictureSize('application/pdf', bytes('%PDF-1.7'))).toBeNull();
  });

  it('reads a piece of a larger buffer from its own beginning', () => {
    const whole = bytes('xxGIF89a', [0x88, 0x13, 7, 0]);
    expect(pictureSize('image/gif', whole.subarray(2))).toEqual({ width: 5000, height: 7 });
  });
});
