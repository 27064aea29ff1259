type NumberArray = Int32Array | Uint32Array | Uint16Array | Uint8Array | Float32Array;

/** The array itself where it is long enough, otherwise a copy with half as much room again. */
export function growArray<T extends NumberArray>(array: T, needed: number): T {
  if (array.length >= needed) return array;
  const Constructor = array.constructor as new (length: number) => T;
  const longer = new Constructor(Math.max(needed, Math.ceil(array.length * 1.5), 64));
  longer.set(array);
  return longer;
}
