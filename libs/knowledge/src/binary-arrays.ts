// Arrays as PostgreSQL itself sends and receives them (array_recv in src/backend/utils/adt/arrayfuncs.c). Written as text, every quote of
// ten megabytes of passages would be escaped here and unescaped there; in this form the server copies lengths and bytes.

const headerBytes = 20;
const typeOids = { text: 25, integer: 23, uuid: 2950 };

/** A parameter `text[]`. No text may hold the character NUL. */
export function textArray(texts: string[]): Buffer<ArrayBuffer> {
  let bytes = headerBytes;
  for (const text of texts) bytes += 4 + Buffer.byteLength(text);
  const array = startArray(bytes, texts.length, typeOids.text, false);
  let at = headerBytes;
  for (const text of texts) {
    const length = array.write(text, at + 4);
    at = array.writeInt32BE(length, at) + length;
  }
  return array;
}

/** A parameter `integer[]`. */
export function integerArray(values: (number | null)[]): Buffer<ArrayBuffer> {
  const nulls = values.reduce<number>((count, value) => count + Number(value === null), 0);
  const array = startArray(headerBytes + values.length * 8 - nulls * 4, values.length, typeOids.integer, nulls > 0);
  let at = headerBytes;
  for (const value of values)
    at = value === null ? array.writeInt32BE(-1, at) : array.writeInt32BE(value, array.writeInt32BE(4, at));
  return array;
}

/** A parameter `uuid[]` of ids in their usual form. */
export function uuidArray(ids: string[]): Buffer<ArrayBuffer> {
  const array = startArray(headerBytes + ids.length * 20, ids.length, typeOids.uuid, false);
  let at = headerBytes;
  for (const id of ids) {
    at = array.writeInt32BE(16, at);
    at += array.write(id.replaceAll('-', ''), at, 16, 'hex');
  }
  return array;
}

/** One dimension, counted from 1. An array without elements has no dimension. */
function startArray(bytes: number, length: number, typeOid: number, hasNulls: boolean): Buffer<ArrayBuffer> {
  // With memory of its own, so that it can move to another thread.
  const array = Buffer.from(new ArrayBuffer(length === 0 ? 12 : bytes));
  array.writeInt32BE(length === 0 ? 0 : 1, 0);
  array.writeInt32BE(Number(hasNulls), 4);
  array.writeInt32BE(typeOid, 8);
  if (length === 0) return array;
  array.writeInt32BE(length, 12);
  array.writeInt32BE(1, 16);
  return array;
}
