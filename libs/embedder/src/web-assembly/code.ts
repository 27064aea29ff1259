/** Bytes of a WebAssembly module, nested as they were put together (WebAssembly Core Specification, binary format). */
export type Code = (number | Code)[];

/** A section with its number and its length in front. */
export function section(id: number, content: Code): Code {
  return [id, sized(content)];
}

/** The length of the content in bytes, and the content. */
export function sized(content: Code): Code {
  const bytes = flat(content);
  return [unsigned(bytes.length), bytes];
}

/** A name, shorter than 128 bytes. */
export function text(value: string): Code {
  return [value.length, [...Buffer.from(value)]];
}

/** The bytes in their order. */
export function flat(code: Code): number[] {
  return (code as unknown[]).flat(Infinity) as number[];
}

/** LEB128. */
export function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

/** Signed LEB128. */
export function signed(value: number): number[] {
  return value >= -64 && value < 64 ? [value & 127] : [(value & 127) | 128, ...signed(value >> 7)];
}
