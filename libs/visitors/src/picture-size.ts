/** Width and height in pixels. */
export interface PictureSize {
  width: number;
  height: number;
}

/**
 * What the head of a picture says about its size: PNG (RFC 2083, IHDR), GIF (logical screen), WebP (RFC 9649) and JPEG (ITU T.81, start of
 * frame). Null where it does not say. Nothing is decoded: a small file may unfold to gigabytes in the browser of whoever looks at it.
 */
export function pictureSize(mediaType: string, content: Uint8Array): PictureSize | null {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  try {
    switch (mediaType) {
      case 'image/png':
        return { width: view.getUint32(16), height: view.getUint32(20) };
      case 'image/gif':
        return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
      case 'image/webp':
        return webpSize(view);
      case 'image/jpeg':
        return jpegSize(view);
      default:
        return null;
    }
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function webpSize(view: DataView): PictureSize | null {
  const kind = String.fromCharCode(view.getUint8(12), view.getUint8(13), view.getUint8(14), view.getUint8(15));
  if (kind === 'VP8X') return { width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) };
  if (kind === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  return kind === 'VP8 ' ? { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff } : null;
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}

/** Markers that begin a frame: C0 to CF without tables (C4), reserved (C8) and arithmetic conditioning (CC). */
const framesExcept = new Set([0xc4, 0xc8, 0xcc]);

function jpegSize(view: DataView): PictureSize | null {
  let at = 2;
  for (;;) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) at += 1;
    else if (marker >= 0xc0 && marker <= 0xcf && !framesExcept.has(marker))
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    else if (marker === 0xda || marker === 0xd9) return null;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) at += 2;
    else at += 2 + view.getUint16(at + 2);
  }
}
